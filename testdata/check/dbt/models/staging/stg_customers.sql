with source as (

    select * from {{ source('raw', 'customers') }}

),

renamed as (

    select
        id as customer_id,
        lower(email) as email,
        phone,
        country
    from source

)

select * from renamed
