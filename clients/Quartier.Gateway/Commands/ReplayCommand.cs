using System.CommandLine;
using System.Globalization;
using Quartier.Gateway.Replay;

namespace Quartier.Gateway.Commands;

/// <summary><c>replay</c>: sends a city's files through MQTT.</summary>
public static class ReplayCommand
{
    /// <summary>Where the shipped files lie, from the repository's root.</summary>
    public const string DefaultData = "deploy/sample-city/muenster";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Directory with bicycle-counts and parking.", DefaultValueFactory = _ => DefaultData };
        var mqtt = GatewayOptions.Mqtt();
        var city = new Option<string>("--city") { Description = "Id of the city in topics.", DefaultValueFactory = _ => "muenster" };
        var speed = GatewayOptions.Speed(new ReplaySpeed(600));
        var command = new Command("replay", "Replay a city's files through MQTT, one connection for each counting station and the car parks.")
        {
            data, mqtt, city, speed,
        };
        var proof = new CredentialOptions(mqtt);
        proof.AddTo(command);
        command.SetAction((arguments, cancellation) => CommandErrors.GuardAsync(() =>
        {
            var address = arguments.GetValue(mqtt);
            var (credentials, trust) = proof.Read(arguments);
            var options = new ReplayOptions(address.Host, address.Port)
            {
                City = arguments.GetValue(city)!,
                Speed = arguments.GetValue(speed).Factor,
                Credentials = credentials,
                Trust = trust,
            };
            return RunAsync(arguments.GetValue(data)!, options, cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(string data, ReplayOptions options, CancellationToken cancellation)
    {
        var files = CityFiles.Read(data);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Replaying {files.Readings:N0} readings of {files.Stations} counting stations and {files.CarParks} car parks to {options.Host}:{options.Port}."))
            .ConfigureAwait(false);
        var result = await Replayer.RunAsync(files, options, TimeProvider.System, new TenthsProgress(Console.Out).Report, cancellation).ConfigureAwait(false);
        ReplayReport.WriteTraps(Console.Out, files.Traps);
        ReplayReport.WriteResult(Console.Out, result);
        return result.AcknowledgedReadings == result.Readings ? 0 : 1;
    }
}
