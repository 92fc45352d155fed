# CMake module of nf-interpreter for the interop assembly IrohLite.Native. It belongs into CMake/Modules of nf-interpreter, the folder
# native/ of this project (or a link to it) stands as InteropAssemblies/IrohLite.Native; native/README.md has the whole recipe.

set(IROHLITE_NATIVE ${PROJECT_SOURCE_DIR}/InteropAssemblies/IrohLite.Native)

set(IrohLite.Native_INCLUDE_DIRS
    ${PROJECT_SOURCE_DIR}/src/CLR/Core
    ${PROJECT_SOURCE_DIR}/src/CLR/Include
    ${PROJECT_SOURCE_DIR}/src/HAL/Include
    ${PROJECT_SOURCE_DIR}/src/PAL/Include
    ${IROHLITE_NATIVE}/crypto
    ${IROHLITE_NATIVE}/glue
    ${IROHLITE_NATIVE}/services)

set(IrohLite.Native_SOURCES
    ${IROHLITE_NATIVE}/glue/IrohLite_Native.cpp
    ${IROHLITE_NATIVE}/glue/IrohLite_Native_Crypto.cpp
    ${IROHLITE_NATIVE}/glue/IrohLite_Native_NodeServices.cpp
    ${IROHLITE_NATIVE}/glue/IrohLite_Native_PacketKeys.cpp
    ${IROHLITE_NATIVE}/crypto/aes_gcm.c
    ${IROHLITE_NATIVE}/crypto/blake3.c
    ${IROHLITE_NATIVE}/crypto/ed25519.c
    ${IROHLITE_NATIVE}/crypto/edwards25519.c
    ${IROHLITE_NATIVE}/crypto/field25519.c
    ${IROHLITE_NATIVE}/crypto/hash.c
    ${IROHLITE_NATIVE}/crypto/memory.c
    ${IROHLITE_NATIVE}/crypto/packet.c
    ${IROHLITE_NATIVE}/crypto/packet_keys.c
    ${IROHLITE_NATIVE}/crypto/x25519.c)

if(RTOS_ESP32_CHECK)
    list(APPEND IrohLite.Native_SOURCES ${IROHLITE_NATIVE}/esp32/services_esp32.c)
    # libsodium as an IDF component; the other components' headers are among those nf-interpreter already uses.
    list(APPEND IrohLite.Native_INCLUDE_DIRS
        $ENV{IDF_PATH}/components/libsodium/port_include
        $ENV{IDF_PATH}/components/libsodium/libsodium/src/libsodium/include
        $ENV{IDF_PATH}/components/mbedtls/port/include
        $ENV{IDF_PATH}/components/mbedtls/mbedtls/include
        $ENV{IDF_PATH}/components/esp_system/include
        $ENV{IDF_PATH}/components/esp_wifi/include
        $ENV{IDF_PATH}/components/nvs_flash/include)
else()
    # The CLR for a PC, where the stand-in of the chip answers; link mbedcrypto and sodium.
    list(APPEND IrohLite.Native_SOURCES ${IROHLITE_NATIVE}/host/services_host.c)
    list(APPEND IrohLite.Native_INCLUDE_DIRS ${IROHLITE_NATIVE}/host)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(INTEROP-IrohLite.Native DEFAULT_MSG IrohLite.Native_INCLUDE_DIRS IrohLite.Native_SOURCES)
