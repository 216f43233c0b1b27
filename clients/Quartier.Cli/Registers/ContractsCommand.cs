using System.CommandLine;
using System.Globalization;
using Quartier.Client;
using Quartier.Client.Registers;

namespace Quartier.Cli.Registers;

/// <summary><c>contracts</c>: with whom the city shares data, until when, and by which keys.</summary>
internal static class ContractsCommand
{
    public static Command Create()
    {
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command("contracts", "List contracts with third parties, their end, and the ids of their keys.") { server, city };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            var contracts = await client.Records.GetContractsAsync(id, cancellation).ConfigureAwait(false);
            return await ListedLines.WriteAsync(contracts.Select(Describe), $"{id} has no contract: no policy in force there names one.").ConfigureAwait(false);
        }));
        return command;
    }

    /// <summary>A contract in three lines.</summary>
    public static string Describe(Contract contract) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {contract.Id}: {contract.Partner}; {(contract.Ended ? "ENDED" : "until")} {contract.Until:u}
            {string.Join(", ", contract.Streams)} for {string.Join(", ", contract.Purposes)}; passing on: {contract.Onward}
            keys: {(contract.Keys.Count == 0 ? "none" : string.Join(", ", contract.Keys))}
        """);
}
