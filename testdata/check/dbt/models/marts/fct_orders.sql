{{ config(materialized='incremental', unique_key='order_id') }}

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_at,
    orders.total,
    payments.card_amount
from {{ ref('stg_orders') }} as orders
left join {{ ref('int_order_payments') }} as payments on payments.order_id = orders.order_id
{% if is_incremental() %}
where orders.ordered_at > (select max(ordered_at) from {{ this }})
{% endif %}
