using Quartier.Contracts.Readings;
using Quartier.Silo;
using Quartier.Silo.Decoding;

if (args is ["decode", ..])
{
    return await DecodeProgram.RunAsync(args[1..], TimeProvider.System, Console.Out, Console.Error).ConfigureAwait(false);
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
catch (Exception error) when (error is StoreException or IOException)
{
    await Console.Error.WriteLineAsync($"Quartier cannot start: {error.Message}").ConfigureAwait(false);
    return 1;
}
