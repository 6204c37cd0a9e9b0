with people as (
    select * from {{ ref('int_customer_orders') }}
)

select
    people.customer_id,
    md5(people.email) as email_hash,
    countries.country_name,
    count(distinct people.phone) as phones,
    count(people.order_id) as orders
from people
left join {{ ref('countries') }} as countries on countries.code = people.country
group by 1, 2, 3
