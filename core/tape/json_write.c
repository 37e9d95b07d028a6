#include "tape/json_write.h"

#include "base/json.h"

static bool write_object(struct buf *out, json_t *object)
{
    const char *name;
    json_t *value;
    bool ok = buf_put_byte(out, '{');
    json_object_foreach(object, name, value)
    {
        ok = ok && json_put_name(out, name) && json_write(out, value);
    }
    return ok && buf_put_byte(out, '}');
}

static bool write_array(struct buf *out, const json_t *array)
{
    bool ok = buf_put_byte(out, '[');
    for (size_t i = 0; ok && i < json_array_size(array); i++)
        ok = (i == 0 || buf_put_byte(out, ',')) && json_write(out, json_array_get(array, i));
    return ok && buf_put_byte(out, ']');
}

static bool write_integer(struct buf *out, json_int_t value)
{
    return value >= 0 ? buf_put_number(out, (uint64_t)value)
                      : buf_printf(out, "%" JSON_INTEGER_FORMAT, value);
}

bool json_write(struct buf *out, json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return write_object(out, value);
    case JSON_ARRAY:
        return write_array(out, value);
    case JSON_STRING:
        return json_put_string(out, bytes_at(json_string_value(value), json_string_length(value)));
    case JSON_INTEGER:
        return write_integer(out, json_integer_value(value));
    case JSON_REAL:
        return false;
    default:
        return buf_put_text(out, json_is_true(value)    ? "true"
                                 : json_is_false(value) ? "false"
                                                        : "null");
    }
}
