using System;
using IrohLite.Cli;

int code = CliProgram.Run(args, Console.Out, Console.Error);

// A thread may still be in a connect that takes its time; nothing is lost by not waiting for it.
Environment.Exit(code);
