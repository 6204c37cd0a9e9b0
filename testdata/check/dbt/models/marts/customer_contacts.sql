select
    customer_id,
    email as contact,
    phone
from {{ ref('int_customer_orders') }}
