{{ config(materialized='view', tags=['daily']) }}

select
    id as order_id,
    customer_id,
    ordered_at,
    {{ cents_to_euros('total_cents') }} as total
from {{ source('raw', 'orders') }}
{#- what lies before is in the archive -#}
where ordered_at >= '{{ var("first_day") }}'
