// Calls every method of the table through the fake CLR: results, exceptions, and arguments of the wrong kind.
#include "IrohLite_Native.h"
#include "irohlite_crypto.h"
#include "services_host.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#define CHECK(condition, ...)                                                                                          \
    do                                                                                                                 \
    {                                                                                                                  \
        if (!(condition))                                                                                              \
        {                                                                                                              \
            fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition);                                            \
            fprintf(stderr, __VA_ARGS__);                                                                              \
            fputc('\n', stderr);                                                                                       \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

namespace
{
    // Position in the table, in the order of the declarations (a test of the managed side checks that order).
    enum Method
    {
        GcmSeal, GcmOpen, EncryptBlock,
        EdPublicKey, EdSign, EdVerify, EdIsPoint,
        Sha256, HmacSha256, HkdfExpandLabel, Blake3DeriveKey,
        ResetReason, WatchdogStart, WatchdogFeed, WatchdogStop, WifiRssi, ReadBlob, WriteBlob,
        Create, Rotate, DropPrevious, Release, Open, Seal, InUse,
        XPublicKey, XAgree,
        MethodCount
    };

    // The parameters of each method: b byte[], l long[], i int, j long, f bool.
    const char *const shapes[MethodCount] = {
        "bibibiibii", "bibibiibii", "bibibi",
        "bibi", "bibibiibi", "bibiibi", "bi",
        "biibi", "biibiibi", "bibbiibii", "bibiibi",
        "", "i", "", "", "", "bbii", "bbii",
        "bif", "ij", "i", "i", "ibiiijl", "ibiiiij", "",
        "bibi", "bibibi",
    };

    struct Frame : CLR_RT_StackFrame
    {
        CLR_RT_HeapBlock_Array arrays[4] = {};
        int used = 0;

        Frame &Add(std::vector<uint8_t> &bytes)
        {
            return Array(bytes.data(), bytes.size(), DATATYPE_U1);
        }

        Frame &Add(std::vector<int64_t> &longs)
        {
            return Array((uint8_t *)longs.data(), longs.size(), DATATYPE_I8);
        }

        Frame &Array(uint8_t *elements, size_t count, CLR_UINT8 type)
        {
            arrays[used] = {(CLR_UINT32)count, type, elements};
            CLR_RT_HeapBlock block = {};
            block.array = &arrays[used++];
            arguments.push_back(block);
            return *this;
        }

        Frame &Null()
        {
            arguments.push_back(CLR_RT_HeapBlock());
            return *this;
        }

        Frame &Int(int32_t value)
        {
            CLR_RT_HeapBlock block = {};
            block.numeric.s8 = (int64_t)0x5A5A5A5A00000000; // what lies above an int must not matter
            block.numeric.s4 = value;
            arguments.push_back(block);
            return *this;
        }

        Frame &Long(int64_t value)
        {
            CLR_RT_HeapBlock block = {};
            block.numeric.s8 = value;
            arguments.push_back(block);
            return *this;
        }

        HRESULT Call(Method method)
        {
            CHECK(arguments.size() == strlen(shapes[method]), "method %d called with %zu arguments", method, arguments.size());
            auto table = (const CLR_RT_MethodHandler *)g_CLR_AssemblyNative_IrohLite_Native.m_pNativeMethods;
            return table[method](*this);
        }

        int32_t Result(Method method)
        {
            HRESULT hr = Call(method);
            CHECK(hr == S_OK && hasResult, "method %d: hr %08x", method, (unsigned)hr);
            return result;
        }
    };

    void ResultsReachTheCaller()
    {
        std::vector<uint8_t> seed(40, 7), key(40), message{1, 2, 3}, signature(70), a(32, 1), b(32, 2), aPublic(32), bPublic(32), s1(32), s2(32);
        CHECK(Frame().Add(seed).Int(4).Add(key).Int(8).Result(EdPublicKey) == 0, "public key");
        CHECK(Frame().Add(seed).Int(4).Add(key).Int(8).Add(message).Int(0).Int(3).Add(signature).Int(6).Result(EdSign) == 0, "sign");
        CHECK(Frame().Add(key).Int(8).Add(message).Int(0).Int(3).Add(signature).Int(6).Result(EdVerify) == 0, "verify");
        CHECK(Frame().Add(key).Int(8).Add(message).Int(0).Int(2).Add(signature).Int(6).Result(EdVerify) == IL_REFUSED, "other message");
        CHECK(Frame().Add(key).Int(8).Result(EdIsPoint) == 0, "point");

        CHECK(Frame().Add(a).Int(0).Add(aPublic).Int(0).Result(XPublicKey) == 0 && Frame().Add(b).Int(0).Add(bPublic).Int(0).Result(XPublicKey) == 0, "X25519");
        CHECK(Frame().Add(a).Int(0).Add(bPublic).Int(0).Add(s1).Int(0).Result(XAgree) == 0 && Frame().Add(b).Int(0).Add(aPublic).Int(0).Add(s2).Int(0).Result(XAgree) == 0 && s1 == s2, "X25519");

        std::vector<uint8_t> hash(32), mac(32), label{'t', 'l', 's', '1', '3', ' ', 'x'}, context{9, 9}, out(50), direct(50);
        CHECK(Frame().Add(message).Int(1).Int(2).Add(hash).Int(0).Result(Sha256) == 0, "SHA-256");
        il_sha256(message.data(), 3, 1, 2, direct.data(), 50, 0);
        CHECK(memcmp(hash.data(), direct.data(), 32) == 0, "SHA-256");
        CHECK(Frame().Add(message).Int(0).Int(3).Add(context).Int(1).Int(1).Add(mac).Int(0).Result(HmacSha256) == 0, "HMAC");
        il_hmac_sha256(message.data(), 3, 0, 3, context.data(), 2, 1, 1, direct.data(), 50, 0);
        CHECK(memcmp(mac.data(), direct.data(), 32) == 0, "HMAC");
        CHECK(Frame().Add(seed).Int(3).Add(label).Add(context).Int(1).Int(1).Add(out).Int(2).Int(48).Result(HkdfExpandLabel) == 0, "HKDF");
        il_hkdf_expand_label(seed.data(), 40, 3, label.data(), 7, 0, 7, context.data(), 2, 1, 1, direct.data(), 50, 2, 48);
        CHECK(memcmp(out.data() + 2, direct.data() + 2, 48) == 0, "HKDF");
        CHECK(Frame().Add(seed).Int(0).Add(message).Int(0).Int(3).Add(hash).Int(0).Result(Blake3DeriveKey) == 0, "BLAKE3");
        il_blake3_derive_key(seed.data(), 40, 0, message.data(), 3, 0, 3, direct.data(), 50, 0);
        CHECK(memcmp(hash.data(), direct.data(), 32) == 0, "BLAKE3");

        std::vector<uint8_t> buffer(60, 3), plain = buffer, nonce(12, 4), block(16);
        CHECK(Frame().Add(seed).Int(0).Add(nonce).Int(0).Add(message).Int(0).Int(3).Add(buffer).Int(5).Int(30).Result(GcmSeal) == 0 && buffer != plain, "seal");
        CHECK(Frame().Add(seed).Int(0).Add(nonce).Int(0).Null().Int(0).Int(0).Add(buffer).Int(5).Int(46).Result(GcmOpen) == IL_REFUSED, "other aad");
        buffer = plain;
        CHECK(Frame().Add(seed).Int(0).Add(nonce).Int(0).Null().Int(0).Int(0).Add(buffer).Int(5).Int(30).Result(GcmSeal) == 0, "seal without aad");
        CHECK(Frame().Add(seed).Int(0).Add(nonce).Int(0).Null().Int(0).Int(0).Add(buffer).Int(5).Int(46).Result(GcmOpen) == 0, "open");
        CHECK(memcmp(buffer.data() + 5, plain.data() + 5, 30) == 0, "open");
        CHECK(Frame().Add(seed).Int(1).Add(plain).Int(2).Add(block).Int(0).Result(EncryptBlock) == 0, "block");
    }

    void PacketsGoThrough()
    {
        std::vector<uint8_t> secret(33, 5), buffer(100);
        std::vector<int64_t> opened(3, -5);
        int32_t keys = Frame().Add(secret).Int(1).Int(1).Result(Create);
        CHECK(keys > 0 && Frame().Result(InUse) == 1, "create");
        buffer[2] = 0x40;
        buffer[12] = 200;
        CHECK(Frame().Int(keys).Add(buffer).Int(2).Int(12).Int(13).Int(40).Long(0x1000000C8).Result(Seal) == 56, "seal");
        CHECK(Frame().Int(keys).Add(buffer).Int(2).Int(12).Int(56).Long(0x1000000C7).Add(opened).Result(Open) == 27, "open");
        CHECK(opened[0] == 0x1000000C8 && opened[1] == 13 && opened[2] == 1, "opened");
        CHECK(Frame().Int(keys).Add(buffer).Int(2).Int(12).Int(56).Long(-1).Add(opened).Result(Open) == IL_REFUSED, "damaged");
        CHECK(Frame().Int(keys).Long(0x200000000).Result(Rotate) == 0 && Frame().Int(keys).Result(DropPrevious) == 0, "rotate");
        CHECK(Frame().Int(keys).Result(Release) == 0 && Frame().Int(keys).Result(Release) == IL_HANDLE, "release");
        keys = Frame().Add(secret).Int(0).Int(0).Result(Create);
        CHECK(Frame().Int(keys).Long(1).Result(Rotate) == IL_STATE && Frame().Int(keys).Result(Release) == 0, "not updatable");
        // An array of ints where longs belong must not be written to.
        CHECK(Frame().Int(1).Add(buffer).Int(0).Int(1).Int(50).Long(-1).Array(buffer.data(), 3, DATATYPE_I4).Call(Open) != S_OK || Frame().Result(InUse) == 0, "longs");
    }

    void ServicesAnswer()
    {
        std::vector<uint8_t> name{'k'}, blob(32, 8), read(40);
        il_host_reset();
        il_host_set_wifi_rssi(-2); // the number of a status
        CHECK(Frame().Result(ResetReason) == IL_RESET_POWER_ON && Frame().Result(WifiRssi) == -2, "chip");
        CHECK(Frame().Result(WatchdogFeed) == IL_STATE && Frame().Int(5000).Result(WatchdogStart) == 0 && Frame().Result(WatchdogFeed) == 0 && Frame().Result(WatchdogStop) == 0, "watchdog");
        CHECK(Frame().Int(1).Call(WatchdogStart) == CLR_E_OUT_OF_RANGE, "watchdog time");
        CHECK(Frame().Add(name).Add(read).Int(4).Int(32).Result(ReadBlob) == IL_REFUSED, "absent");
        CHECK(Frame().Add(name).Add(blob).Int(0).Int(32).Result(WriteBlob) == 0 && Frame().Add(name).Add(read).Int(4).Int(32).Result(ReadBlob) == 0, "blob");
        CHECK(memcmp(read.data() + 4, blob.data(), 32) == 0, "blob");
    }

    // Each array argument in turn null, of the wrong element type or empty; each int in turn far outside.
    void BadArgumentsBecomeExceptions()
    {
        int nulls = 0, ranges = 0;
        for (int m = 0; m < MethodCount; m++)
        {
            const char *shape = shapes[m];
            if (m == Open || m == Seal || m == Rotate || m == DropPrevious || m == Release || strchr(shape, 'b') == NULL)
            {
                continue; // those look at the handle first
            }
            for (size_t bad = 0; bad < strlen(shape); bad++)
            {
                for (int way = 0; way < 3; way++)
                {
                    std::vector<uint8_t> bytes[4];
                    Frame frame;
                    int arrays = 0;
                    for (size_t i = 0; i < strlen(shape); i++)
                    {
                        bool whole = (m == HkdfExpandLabel && i == 2) || ((m == ReadBlob || m == WriteBlob) && i == 0);
                        if (shape[i] == 'b')
                        {
                            bytes[arrays].assign(whole ? 8 : 128, 'a'); // a label or name is a whole array
                            if (i != bad) frame.Add(bytes[arrays]);
                            else if (way == 0) frame.Null();
                            else if (way == 1) frame.Array(bytes[arrays].data(), 8, DATATYPE_I8);
                            else frame.Array(bytes[arrays].data(), 0, DATATYPE_U1);
                            arrays++;
                        }
                        else frame.Int(i != bad ? (i + 1 < strlen(shape) && shape[i + 1] == 'i' ? 0 : 16) : way == 0 ? -1 : way == 1 ? INT32_MAX : INT32_MIN);
                    }
                    HRESULT hr = frame.Call((Method)m);
                    if (shape[bad] == 'b')
                    {
                        bool label = (m == HkdfExpandLabel && bad == 2) || ((m == ReadBlob || m == WriteBlob) && bad == 0);
                        if (label) CHECK(hr != S_OK || way != 1, "method %d argument %zu", m, bad);
                        else CHECK(hr == (way == 2 ? CLR_E_OUT_OF_RANGE : CLR_E_ARGUMENT_NULL) || (way == 2 && hr == S_OK), "method %d argument %zu way %d: %08x", m, bad, way, (unsigned)hr);
                        nulls += hr != S_OK;
                    }
                    else if (shape[bad] == 'i')
                    {
                        CHECK(hr == CLR_E_OUT_OF_RANGE, "method %d argument %zu way %d: %08x", m, bad, way, (unsigned)hr);
                        ranges++;
                    }
                    CHECK(hr == S_OK || !frame.hasResult, "a result beside an exception");
                }
            }
        }
        CHECK(nulls > 80 && ranges > 100, "%d null and %d range cases", nulls, ranges);
        std::vector<uint8_t> key(16), nonce(12), buffer(64);
        CHECK(Frame().Add(key).Int(0).Add(nonce).Int(0).Add(buffer).Int(10).Int(5).Add(buffer).Int(0).Int(20).Call(GcmSeal) == CLR_E_INVALID_PARAMETER, "overlap");
    }
}

int main()
{
    CHECK(strcmp(g_CLR_AssemblyNative_IrohLite_Native.m_szAssemblyName, "IrohLite.Native") == 0, "name");
    ResultsReachTheCaller();
    PacketsGoThrough();
    ServicesAnswer();
    BadArgumentsBecomeExceptions();
    return 0;
}
