with customers as (
    select * from {{ ref('stg_customers') }}
),

totals as (
    select customer_id, count(*) as orders, sum(amount) as lifetime_value
    from {{ ref('paid_orders') }}
    group by customer_id
)

select customers.*, totals.orders, totals.lifetime_value
from customers
left join totals using (customer_id)
