{{ config(materialized='ephemeral') }}
select o.order_id, o.customer_id, o.order_date, p.amount
from {{ ref('stg_orders') }} o
join {{ ref('stg_payments') }} p using (order_id)
where o.status = 'completed'
