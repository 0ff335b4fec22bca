/* Network addresses: inet, cidr, macaddr, macaddr8 (inet_net_pton.c, mac.c). */
#include "analyze/literal.h"

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

/* a[.b[.c[.d]]][/bits]; cidr may leave out octets, which then decide the bits. */
static bool read_ipv4(const char *s, bool is_cidr, struct address *address)
{
    int n = 0;
    for (; n < 4; n++) {
        int octet = read_decimal(&s, 255);
        if (octet < 0)
            return false;
        address->bytes[n] = (unsigned char)octet;
        if (*s != '.') {
            n++;
            break;
        }
        if (n < 3 && !literal_is_digit(s[1]) && !(is_cidr && s[1] == '\0'))
            return false;
        s++;
    }
    address->n_bytes = 4;
    address->bits = 32;
    if (is_cidr && *s != '/') {
        /* the class of the network, but no less than the octets that were written */
        int class_bits = address->bytes[0] >= 240   ? 32
                         : address->bytes[0] >= 224 ? 8
                         : address->bytes[0] >= 192 ? 24
                         : address->bytes[0] >= 128 ? 16
                                                    : 8;
        address->bits = class_bits > n * 8 ? class_bits : n * 8;
    } else if (!is_cidr && n < 4 && *s != '/') {
        return false;
    }
    return read_prefix(s, 32, &address->bits);
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
        if (*s == ':' && (n == 0 || !literal_is_hex(s[1])))
            return false;
        s += *s == ':';
        size_t len = strspn(s, "0123456789abcdefABCDEF");
        if (s[len] == '.') {
            struct address tail = {.n_bytes = 0};
            const char *slash = strchr(s, '/');
            if (n > 12 || !read_ipv4(s, false, &tail))
                return false;
            n += 4;
            if (gap < 0 && n != 16)
                return false;
            return !slash || read_prefix(slash, 128, &address->bits);
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
    return read_prefix(s, 128, &address->bits);
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

/* Hex digits in any of the customary groupings; the separators are not compared. */
static bool is_hardware_address(const char *s, size_t min_digits, size_t max_digits)
{
    size_t n = 0;
    s = literal_skip_spaces(s);
    for (; *s && !literal_is_space(*s); s++) {
        if (literal_is_hex(*s))
            n++;
        else if (*s != ':' && *s != '-' && *s != '.')
            return false;
    }
    return !*literal_skip_spaces(s) && n >= min_digits && n <= max_digits;
}

void literal_check_macaddr(const struct literal *literal)
{
    bool has_separators = strpbrk(literal->text, ":-.") != NULL;
    if (!is_hardware_address(literal->text, has_separators ? 6 : 12, 12))
        literal_bad_syntax(literal, "macaddr");
}

void literal_check_macaddr8(const struct literal *literal)
{
    if (!is_hardware_address(literal->text, 12, 16))
        literal_bad_syntax(literal, "macaddr8");
}
