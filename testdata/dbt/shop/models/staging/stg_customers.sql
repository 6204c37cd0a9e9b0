with source as (
    select * from {{ ref('raw_customers') }}
),

renamed as (
    select id as customer_id, first_name, md5(email) as email_hash from source
)

select * from renamed
