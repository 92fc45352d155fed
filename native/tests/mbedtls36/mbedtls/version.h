/* The mbedTLS 3.6 interface that the module uses, declared from its documentation: compiling against it shows that the module
 * uses nothing that 3.6 lacks. Only for compiling; the structures are not the real ones. */
#ifndef DECLARED_MBEDTLS_VERSION_H
#define DECLARED_MBEDTLS_VERSION_H

#define MBEDTLS_VERSION_NUMBER 0x03060000

#endif
