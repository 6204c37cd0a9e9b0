with customers as (
    select * from {{ ref('stg_customers') }}
),

orders as (
    select * from {{ ref('stg_orders') }}
),

joined as (
    select
        customers.*,
        orders.order_id,
        orders.ordered_at,
        orders.total
    from customers
    left join orders on orders.customer_id = customers.customer_id
)

select * from joined
