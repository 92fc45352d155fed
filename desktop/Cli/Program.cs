using System;
using IrohLite.Cli;
using IrohLite.Desktop;

ProgramOutput.Install(outputMatters: true);
int code = CliProgram.Run(args, Console.Out, Console.Error);

// A thread may still be in a connect that takes its time; nothing is lost by not waiting for it.
Environment.Exit(code);
