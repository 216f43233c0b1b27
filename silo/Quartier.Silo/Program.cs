using Quartier.Contracts.Readings;
using Quartier.Silo;
using Quartier.Silo.Decoding;
using Quartier.Silo.Startup;

if (args is ["decode", ..])
{
    return await DecodeProgram.RunAsync(args[1..], TimeProvider.System, Console.Out, Console.Error).ConfigureAwait(false);
}

if (args is ["--help" or "-h" or "-?"])
{
    await Console.Out.WriteLineAsync(CommandLine.Usage).ConfigureAwait(false);
    return 0;
}

try
{
    var options = SiloOptions.Parse(args);
    await using var silo = await SiloHost.StartAsync(options).ConfigureAwait(false);
    await silo.RunAsync().ConfigureAwait(false);
    return 0;
}
catch (ArgumentException error)
{
    await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
    return 2;
}
catch (UnauthorizedAccessException error)
{
    await Console.Error.WriteLineAsync(
        $"Quartier cannot start: {error.Message} The user who runs it must own the data directory, and be able to read every file that its options name.")
        .ConfigureAwait(false);
    return 1;
}
catch (Exception error) when (error is StoreException or IOException)
{
    await Console.Error.WriteLineAsync($"Quartier cannot start: {error.Message}").ConfigureAwait(false);
    return 1;
}
