{%- set bands = {'small': 100, 'large': 1000} -%}
with spent as (
    select customer_id, sum(total) as total
    from {{ ref('fct_orders') }}
    group by customer_id
)

select
    customers.*,
    spent.total,
    case
        {%- for name, above in bands.items() %}
        when spent.total > {{ above }} then '{{ name | upper }}'
        {%- endfor %}
        else 'none'
    end as band
from {{ ref('customer_segments', v=1) }} as customers
left join spent on spent.customer_id = customers.customer_id
