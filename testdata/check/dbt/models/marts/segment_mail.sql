{# Whom the campaign of a segment may write to. -#}
{%- set wanted = ['LARGE', 'SMALL'] -%}

select
    segments.customer_id,
    upper(people.email) as address,
    segments.band
from {{ ref('customer_segments') }} as segments
join (
    select *
    from {{ ref('int_customer_orders') }}
    {% if target.name == 'dev' -%}
    where ordered_at > '{{ var("first_day", "2020-01-01") }}'
    {%- endif %}
) as people on people.customer_id = segments.customer_id
where segments.band in ({{ listed(wanted) }})
