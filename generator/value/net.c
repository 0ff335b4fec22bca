/* Network addresses: inet, cidr, macaddr, macaddr8 (inet_net_pton.c, mac.c). */
#include "value/literal.h"

#include <stdio.h>
#include <string.h>

struct address {
    unsigned char bytes[16];
    int n_bytes, bits; /* bits of the prefix */
};

/* A decimal number up to max; -1 when there is none or it is larger. */
static int read_decimal(const char **s, int max)
{
    int value = 0;
    if (!literal_is_digit(**s))
        return -1;
    for (; literal_is_digit(**s); (*s)++) {
        value = value * 10 + (**s - '0');
        if (value > max)
            return -1;
    }
    return value;
}

static bool read_prefix(const char *s, int max, int *bits)
{
    if (*s != '/')
        return *s == '\0';
    s++;
    *bits = read_decimal(&s, max);
    return *bits >= 0 && *s == '\0';
}

/* Without a prefix a network has the bits of its class, but no less than the octets written; the
 * first multicast network has four. */
static int class_bits(const struct address *address, int n_octets)
{
    int first = address->bytes[0];
    int bits = first >= 240 ? 32 : first >= 224 ? 8 : first >= 192 ? 24 : first >= 128 ? 16 : 8;
    if (bits < n_octets * 8)
        bits = n_octets * 8;
    return bits == 8 && first == 224 ? 4 : bits;
}

/* Octets with dots between; a dot may also be the last of them in an inet. How many, or -1. */
static int read_ipv4_octets(const char **s, bool is_cidr, unsigned char octets[4])
{
    int n = 0;
    while (literal_is_digit(**s)) {
        int octet = read_decimal(s, 255);
        if (octet < 0 || n == 4)
            return -1;
        octets[n++] = (unsigned char)octet;
        if (**s != '.')
            break;
        ++*s;
        if (is_cidr && !literal_is_digit(**s))
            return -1;
    }
    return n;
}

/* 0x0a0b: an octet for two digits, the last of which may be left out. How many, or -1. */
static int read_hex_octets(const char **s, unsigned char octets[4])
{
    int n = 0;
    for (*s += 2; literal_is_hex(**s); n++) {
        if (n == 8)
            return -1;
        char c = literal_lower(*(*s)++);
        int digit = literal_is_digit(c) ? c - '0' : c - 'a' + 10;
        octets[n / 2] = (unsigned char)(octets[n / 2] | (n % 2 ? digit : digit << 4));
    }
    return (n + 1) / 2;
}

/* a[.b[.c[.d]]][/bits]; without bits, inet needs all four octets. */
static bool read_ipv4(const char *s, bool is_cidr, struct address *address)
{
    bool is_hex = is_cidr && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') && literal_is_hex(s[2]);
    int n = is_hex ? read_hex_octets(&s, address->bytes)
                   : read_ipv4_octets(&s, is_cidr, address->bytes);
    address->n_bytes = 4;
    if (n <= 0 || (!is_cidr && n < 4 && *s != '/'))
        return false;
    address->bits = is_cidr ? class_bits(address, n) : 32;
    return read_prefix(s, 32, &address->bits) && (is_cidr || address->bits / 8 <= n);
}

/* The four octets at the end of an IPv6 address: those left out between dots are 0, leading zeros
 * are none. */
static bool read_ipv4_tail(const char **s, unsigned char octets[4])
{
    for (int n = 0;; n++) {
        bool has_zero = **s == '0' && literal_is_digit((*s)[1]);
        bool is_empty = **s == '.' || **s == '/';
        int octet = is_empty ? 0 : read_decimal(s, 255);
        if (octet < 0 || has_zero || n == 4)
            return false;
        octets[n] = (unsigned char)octet;
        if (**s != '.')
            return !**s || **s == '/';
        ++*s;
    }
}

/* Groups of up to four hex digits, one "::", an IPv4 tail. */
static bool read_ipv6(const char *s, struct address *address)
{
    unsigned char groups[16] = {0};
    int n = 0, gap = -1;
    address->n_bytes = 16;
    address->bits = 128;
    if (s[0] == ':' && s[1] != ':')
        return false;
    while (*s && *s != '/') {
        if (s[0] == ':' && s[1] == ':') {
            if (gap >= 0)
                return false;
            gap = n;
            s += 2;
            continue;
        }
        if (*s == ':' && (n == 0 || s[-1] == ':' || !literal_is_hex(s[1])))
            return false;
        s += *s == ':';
        size_t len = strspn(s, "0123456789abcdefABCDEF");
        if (s[len] == '.') {
            if (n > 12 || !read_ipv4_tail(&s, groups + n))
                return false;
            n += 4;
            break;
        }
        if (len < 1 || len > 4 || n > 14)
            return false;
        unsigned value = 0;
        for (size_t i = 0; i < len; i++) {
            char c = literal_lower(s[i]);
            value = value * 16 + (unsigned)(literal_is_digit(c) ? c - '0' : c - 'a' + 10);
        }
        groups[n++] = (unsigned char)(value >> 8);
        groups[n++] = (unsigned char)(value & 255);
        s += len;
    }
    if ((gap < 0 && n != 16) || (gap >= 0 && n > 14))
        return false;
    size_t head = (size_t)(gap < 0 ? n : gap), tail = (size_t)n - head;
    memcpy(address->bytes, groups, head);
    memcpy(address->bytes + 16 - tail, groups + head, tail);
    bool has_zero = s[0] == '/' && s[1] == '0' && s[2];
    return !has_zero && read_prefix(s, 128, &address->bits);
}

static bool has_host_bits(const struct address *address)
{
    for (int bit = address->bits; bit < address->n_bytes * 8; bit++)
        if (address->bytes[bit / 8] & (0x80 >> (bit % 8)))
            return true;
    return false;
}

static void check_address(const struct literal *literal, bool is_cidr)
{
    struct address address = {.n_bytes = 0};
    bool is_ipv6 = strchr(literal->text, ':') != NULL;
    bool is_valid =
        is_ipv6 ? read_ipv6(literal->text, &address) : read_ipv4(literal->text, is_cidr, &address);
    if (!is_valid)
        literal_bad_syntax(literal, is_cidr ? "cidr" : "inet");
    if (is_cidr && has_host_bits(&address))
        literal_fail(literal, "22P02", "invalid cidr value: \"%s\"", literal->text);
}

void literal_check_inet(const struct literal *literal)
{
    check_address(literal, false);
}

void literal_check_cidr(const struct literal *literal)
{
    check_address(literal, true);
}

/* The server reads the address with these formats, so that numbers may be shorter, and signed. */
void literal_check_macaddr(const struct literal *literal)
{
    static const char *const formats[] = {
        "%x:%x:%x:%x:%x:%x%1s",   "%x-%x-%x-%x-%x-%x%1s",    "%2x%2x%2x:%2x%2x%2x%1s",
        "%2x%2x%2x-%2x%2x%2x%1s", "%2x%2x.%2x%2x.%2x%2x%1s", "%2x%2x-%2x%2x-%2x%2x%1s",
        "%2x%2x%2x%2x%2x%2x%1s",
    };
    unsigned byte[6];
    char junk[2];
    int n = 0;
    for (size_t i = 0; i < sizeof formats / sizeof *formats && n != 6; i++)
        n = sscanf(literal->text, formats[i], &byte[0], &byte[1], &byte[2], &byte[3], &byte[4],
                   &byte[5], junk);
    if (n != 6)
        literal_bad_syntax(literal, "macaddr");
    for (int i = 0; i < 6; i++)
        if (byte[i] > 255)
            literal_fail(literal, "22003", "invalid octet value in \"macaddr\" value: \"%s\"",
                         literal->text);
}

/* Bytes of two hex digits with separators of one kind between them wherever one likes. A single
 * character at the end goes unseen (macaddr8_in). */
void literal_check_macaddr8(const struct literal *literal)
{
    const char *s = literal_skip_spaces(literal->text);
    int n = 0;
    char separator = '\0';
    while (*s && s[1]) {
        if (n == 8 || !literal_is_hex(*s) || !literal_is_hex(s[1]))
            literal_bad_syntax(literal, "macaddr8");
        n++;
        s += 2;
        if (*s == ':' || *s == '-' || *s == '.') {
            if (separator && separator != *s)
                literal_bad_syntax(literal, "macaddr8");
            separator = *s++;
        }
        if (n == 6 || n == 8) {
            const char *end = literal_skip_spaces(s);
            if (end > s && *end)
                literal_bad_syntax(literal, "macaddr8");
            s = end;
        }
    }
    if (n != 6 && n != 8)
        literal_bad_syntax(literal, "macaddr8");
}
