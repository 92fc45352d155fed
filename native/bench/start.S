/* The emulator's core starts at its reset vector, not at the program's entry: a jump leads on. Then: a stack, main, exit. */
    .section .reset, "ax"
    .begin no-transform
    j       1f
    .align  4
2:  .word   begin
    .align  4
1:  l32r    a0, 2b
    jx      a0
    .end no-transform

    .section .text.begin, "ax"
    .align  4
    .global begin
begin:
    movi    a1, stack_top
    movi    a0, 0
    wsr.ps  a0
    rsync
    call0   main
    mov     a3, a2
    movi    a2, 1               /* simcall: exit */
    .byte   0x00, 0x51, 0x00
3:  j       3b
