"""XXH3-64 with seed 0 and the default secret, from its public specification:
https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md"""
import struct

SECRET = bytes.fromhex(
    "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
    "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
    "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
    "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
    "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
    "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e")
MASK = (1 << 64) - 1
P32_1, P32_2, P32_3 = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D
P64_1, P64_2, P64_3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
P64_4, P64_5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5
MIX_1, MIX_2 = 0x165667919E3779F9, 0x9FB21C651E98DF25


def u32(data, at):
    return int.from_bytes(data[at:at + 4], "little")


def u64(data, at):
    return int.from_bytes(data[at:at + 8], "little")


def rotate(value, bits):
    return (value << bits | value >> (64 - bits)) & MASK


def swap64(value):
    return int.from_bytes(value.to_bytes(8, "little"), "big")


def fold(a, b):
    product = a * b
    return (product ^ product >> 64) & MASK


def avalanche(h):
    h = (h ^ h >> 37) * MIX_1 & MASK
    return h ^ h >> 32


def avalanche_xxh64(h):
    h = (h ^ h >> 33) * P64_2 & MASK
    h = (h ^ h >> 29) * P64_3 & MASK
    return h ^ h >> 32


def mix16(data, at, secret):
    return fold(u64(data, at) ^ u64(SECRET, secret), u64(data, at + 8) ^ u64(SECRET, secret + 8))


def short(data):
    n = len(data)
    if n == 0:
        return avalanche_xxh64(u64(SECRET, 56) ^ u64(SECRET, 64))
    if n <= 3:
        combined = data[0] << 16 | data[n >> 1] << 24 | data[-1] | n << 8
        return avalanche_xxh64(combined ^ u32(SECRET, 0) ^ u32(SECRET, 4))
    if n <= 8:
        value = (u32(data, n - 4) + (u32(data, 0) << 32)) ^ u64(SECRET, 8) ^ u64(SECRET, 16)
        value ^= rotate(value, 49) ^ rotate(value, 24)
        value = value * MIX_2 & MASK
        value ^= (value >> 35) + n
        value = value * MIX_2 & MASK
        return value ^ value >> 28
    low = u64(data, 0) ^ u64(SECRET, 24) ^ u64(SECRET, 32)
    high = u64(data, n - 8) ^ u64(SECRET, 40) ^ u64(SECRET, 48)
    return avalanche(n + swap64(low) + high + fold(low, high) & MASK)


def middle(data):
    n = len(data)
    acc = n * P64_1
    if n <= 128:
        for i in range((n - 1) // 32, -1, -1):
            acc += mix16(data, 16 * i, 32 * i) + mix16(data, n - 16 * (i + 1), 32 * i + 16)
        return avalanche(acc & MASK)
    for i in range(8):
        acc += mix16(data, 16 * i, 16 * i)
    acc = avalanche(acc & MASK)
    for i in range(8, n // 16):
        acc += mix16(data, 16 * i, 16 * (i - 8) + 3)
    return avalanche(acc + mix16(data, n - 16, 136 - 17) & MASK)


SECRET_LANES = [struct.unpack_from("<8Q", SECRET, 8 * i) for i in range(16)]


def accumulate(acc, stripe, secret):
    for i in range(8):
        value = stripe[i]
        key = value ^ secret[i]
        acc[i ^ 1] += value
        acc[i] += (key & 0xFFFFFFFF) * (key >> 32)
    for i in range(8):
        acc[i] &= MASK


def long(data):
    n = len(data)
    acc = [P32_3, P64_1, P64_2, P64_3, P64_4, P32_2, P64_5, P32_1]
    last = struct.unpack_from("<8Q", SECRET, 192 - 64)
    for stripe in range((n - 1) // 64):
        accumulate(acc, struct.unpack_from("<8Q", data, 64 * stripe), SECRET_LANES[stripe % 16])
        if stripe % 16 == 15:
            for i in range(8):
                acc[i] = ((acc[i] ^ acc[i] >> 47) ^ last[i]) * P32_1 & MASK
    accumulate(acc, struct.unpack_from("<8Q", data, n - 64), struct.unpack_from("<8Q", SECRET, 192 - 64 - 7))
    result = n * P64_1
    for i in range(4):
        result += fold(acc[2 * i] ^ u64(SECRET, 11 + 16 * i), acc[2 * i + 1] ^ u64(SECRET, 19 + 16 * i))
    return avalanche(result & MASK)


def xxh3_64(data):
    data = bytes(data)
    return short(data) if len(data) <= 16 else middle(data) if len(data) <= 240 else long(data)
