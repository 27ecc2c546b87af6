/* SPDX-License-Identifier: MIT */
/* JSON's notation.  Gives the first part of dump-json.h. */
#include <string.h>

#include "dump-json.h"

static void put_string(struct json *json, const char *text)
{
    size_t left = strlen(text), size;

    fputc('"', json->stream);
    for ( ; left; text += size, left -= size )
    {
        size = text_utf8(text, left);
        if ( !size || (size == 1 && (unsigned char)*text < ' ') )
        {
            fprintf(json->stream, "\\u%04x", size ? (unsigned char)*text : 0xfffdu);
            size = 1;
            continue;
        }
        if ( *text == '"' || *text == '\\' )
            fputc('\\', json->stream);
        fwrite(text, 1, size, json->stream);
    }
    fputc('"', json->stream);
}

static void begin_line(struct json *json)
{
    if ( json->depth )
        fprintf(json->stream, "%s\n%*s", json->fresh ? "" : ",", (int)json->depth * 2, "");
    json->fresh = false;
}

static void begin(struct json *json, const char *key)
{
    begin_line(json);
    if ( !key )
        return;
    put_string(json, key);
    fputs(": ", json->stream);
}

void json_open(struct json *json, const char *key, char bracket)
{
    begin(json, key);
    fputc(bracket, json->stream);
    json->depth++;
    json->fresh = true;
}

void json_close(struct json *json, char bracket)
{
    json->depth--;
    if ( !json->fresh )
        fprintf(json->stream, "\n%*s", (int)json->depth * 2, "");
    fputc(bracket, json->stream);
    json->fresh = false;
}

void json_text(struct json *json, const char *key, const char *text)
{
    if ( !text )
        return;
    begin(json, key);
    put_string(json, text);
}

void json_number(struct json *json, const char *key, uint64_t value)
{
    json_signed(json, key, value, false);
}

void json_signed(struct json *json, const char *key, uint64_t value, bool is_negative)
{
    begin(json, key);
    fprintf(json->stream, "%s%llu", is_negative ? "-" : "",
            (unsigned long long)(is_negative ? -value : value));
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin(json, key);
    fputs(value ? "true" : "false", json->stream);
}

void json_true(struct json *json, const char *key, bool value)
{
    if ( value )
        json_bool(json, key, true);
}
