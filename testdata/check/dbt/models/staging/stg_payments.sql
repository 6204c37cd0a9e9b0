select
    id as payment_id,
    order_id,
    method,
    {{ cents_to_euros('amount_cents', 2) }} as amount
from {{ source('raw', 'payments') }}
