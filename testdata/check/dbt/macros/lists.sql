{%- macro listed(items) -%}
    {%- for item in items -%} '{{ item }}'{{ ", " if not loop.last }} {%- endfor -%}
{%- endmacro -%}
