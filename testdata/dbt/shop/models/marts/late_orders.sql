select o.order_id, o.order_date, c.first_name
from {{ ref('stg_orders') }} o
join {{ ref('stg_customers') }} c using (customer_id)
where o.status = 'returned'
