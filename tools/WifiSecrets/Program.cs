using System;
using System.CommandLine;
using System.IO;
using IrohLite.Tools.Secrets;

Option<string> secrets = new("--secrets") { Description = "The owner's wifi.secrets.", Required = true };
Option<string> roots = new("--roots") { Description = "PEM file of the relays' root certificates.", Required = true };
Option<string> target = new("--output") { Description = "The source to write.", Required = true };
RootCommand root = new("Checks wifi.secrets and generates the firmware's configuration source. Prints no value of it.") { secrets, roots, target };
root.SetAction(parsed => SecretsGenerator.Run(
    Path.GetFullPath(parsed.GetValue(secrets)!), Path.GetFullPath(parsed.GetValue(roots)!), parsed.GetValue(target)!, Console.Out));
return root.Parse(args).Invoke();
