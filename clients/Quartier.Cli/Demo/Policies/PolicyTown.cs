using System.Globalization;
using System.Text;
using Quartier.Client;
using Quartier.Client.Accounts;
using Quartier.Gateway.Mqtt;

namespace Quartier.Cli.Demo.Policies;

/// <summary>Musterdorf in a running silo: registered, its policies in force, its people with their keys, and some days of readings.</summary>
internal sealed class PolicyTown : IAsyncDisposable
{
    public const string Id = "musterdorf";

    private const string RegistryFile = "deploy/sample-city/musterdorf.yaml";
    private const int Houses = 13;
    private const int HousesOfDorf = 6;

    private static readonly string[] PolicyFiles = ["deploy/sample-city/policies/musterdorf.yaml", "deploy/sample-city/policies/musterdorf-siedlung.yaml"];

    /// <summary>Longer than the whole check.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(2);

    private static readonly (string Id, string[] Roles, string[] Offices)[] Persons =
    [
        ("anna", ["administrator"], []), ("otto", ["operator"], []), ("dora", ["data-protection-officer"], []), ("olga", [], ["ordnung"]),
        ("mona", [], ["mobilitaet"]), ("klaus", [], ["klimaschutz"]), ("clara", [], []), ("paul", [], []), ("kurz", ["operator"], []), ("ehemalig", [], ["ordnung"]),
    ];

    private static readonly string[] Contracts = ["hochschule", "radkarte"];

    private readonly SiloProcess silo;
    private readonly QuartierClient administrator;
    private readonly TimeProvider time;
    private readonly Dictionary<string, NewKey> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MqttPublisher> gateways = new(StringComparer.Ordinal);
    private long sent;

    private PolicyTown(SiloProcess silo, QuartierClient administrator, TimeProvider time) =>
        (this.silo, this.administrator, this.time) = (silo, administrator, time);

    /// <summary>The silo in which it lives.</summary>
    public SiloProcess Silo => silo;

    /// <summary>Prepares it.</summary>
    public static async Task<PolicyTown> OpenAsync(SiloProcess silo, QuartierClient administrator, TimeProvider time, CancellationToken cancellation)
    {
        var town = new PolicyTown(silo, administrator, time);
        var yaml = await File.ReadAllBytesAsync(RepositoryFile.Find(RegistryFile), cancellation).ConfigureAwait(false);
        await administrator.ApplyAsync(Id, yaml, dryRun: false, cancellation).ConfigureAwait(false);
        await new DemoPolicies(administrator, silo.Http, time, Id, PolicyFiles).ApplyAsync(cancellation).ConfigureAwait(false);
        await town.MakeKeysAsync(cancellation).ConfigureAwait(false);
        foreach (var gateway in new[] { "strasse", "heizwerk" })
        {
            town.gateways[gateway] = new MqttPublisher(new(silo.Mqtt.Host, silo.Mqtt.Port, gateway) { MessagesPerWrite = 1 }, time);
            await town.gateways[gateway].ConnectAsync(cancellation).ConfigureAwait(false);
        }

        await town.SendHistoryAsync(cancellation).ConfigureAwait(false);
        return town;
    }

    /// <summary>The key of somebody; null for the public.</summary>
    public string? KeyOf(string who) => who switch
    {
        "public" => null,
        "erfunden" => "qk_erfunden_" + new string('A', 43),
        _ => keys[who].Key,
    };

    /// <summary>Ends a key at once.</summary>
    public Task RevokeAsync(string who, CancellationToken cancellation) => administrator.Accounts.RevokeKeyAsync(keys[who].Item.Id, cancellation);

    /// <summary>Sends one message with readings of the last moments, and returns when they are durable.</summary>
    /// <param name="sensor">As <c>gateway/sensor</c>.</param>
    /// <param name="rows">How many readings, a millisecond apart.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task SendAsync(string sensor, int rows, CancellationToken cancellation)
    {
        var property = sensor switch
        {
            _ when sensor.Contains("rad-", StringComparison.Ordinal) => "total",
            _ when sensor.Contains("laerm-", StringComparison.Ordinal) => "laeq",
            _ when sensor.Contains("waerme-", StringComparison.Ordinal) => "energy",
            _ => "humidity",
        };
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var value = 50 + (++sent % 10);
        var readings = Enumerable.Range(0, rows).Select(row => Reading(property, nowMs - rows + 1 + row, value));
        await PublishAsync(sensor, rows == 1 ? readings.Single() : $"[{string.Join(',', readings)}]", cancellation).ConfigureAwait(false);
        await DrainAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in gateways.Values)
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task MakeKeysAsync(CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + KeyLife;
        foreach (var (id, roles, offices) in Persons)
        {
            await administrator.Accounts.AddPersonAsync(new() { Id = id, Name = $"Musterperson {id}", Roles = roles, Offices = offices }, cancellation).ConfigureAwait(false);
            keys[id] = await administrator.Accounts.CreateKeyAsync(new(id, null, null, until), cancellation).ConfigureAwait(false);
        }

        foreach (var contract in Contracts)
        {
            keys[contract] = await administrator.Accounts.CreateKeyAsync(new(null, contract, Id, until), cancellation).ConfigureAwait(false);
        }

        await RevokeAsync("ehemalig", cancellation).ConfigureAwait(false);
    }

    /// <summary>Three whole days that ended some days ago, hour by hour: published cells appear a day after their end.</summary>
    private async Task SendHistoryAsync(CancellationToken cancellation)
    {
        var end = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-2);
        for (var hour = end.AddDays(-3); hour < end; hour = hour.AddHours(1))
        {
            // Two bicycles a day in one place: too few to be shown.
            await SendAsync("strasse/rad-dorf", "total", hour, hour.Hour == 8 ? 2 : 0, cancellation).ConfigureAwait(false);
            await SendAsync("strasse/rad-siedlung", "total", hour, 20 + hour.Hour, cancellation).ConfigureAwait(false);
            await SendAsync("strasse/laerm-markt", "laeq", hour, hour.Hour == 3 ? 150 : 40 + hour.Hour, cancellation).ConfigureAwait(false);
            await SendAsync("strasse/laerm-rand", "laeq", hour, 35 + hour.Hour, cancellation).ConfigureAwait(false);
            await SendAsync("strasse/probe", "humidity", hour, 60, cancellation).ConfigureAwait(false);
            for (var house = 0; house < Houses; house++)
            {
                var sensor = house < HousesOfDorf ? $"waerme-dorf-{house + 1}" : $"waerme-siedlung-{house - HousesOfDorf + 1}";
                await SendAsync($"heizwerk/{sensor}", "energy", hour, 1 + (house * 0.25), cancellation).ConfigureAwait(false);
            }
        }

        await DrainAsync(cancellation).ConfigureAwait(false);
    }

    private Task SendAsync(string sensor, string property, DateTimeOffset at, double value, CancellationToken cancellation) =>
        PublishAsync(sensor, Reading(property, at.ToUnixTimeMilliseconds(), value), cancellation);

    private static string Reading(string property, long timeMs, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{timeMs},\"{property}\":{value}}}");

    private async Task PublishAsync(string sensor, string payload, CancellationToken cancellation) =>
        await gateways[sensor.Split('/')[0]].PublishAsync(Encoding.UTF8.GetBytes($"v1/{Id}/{sensor}"), Encoding.UTF8.GetBytes(payload), 0, cancellation).ConfigureAwait(false);

    private async Task DrainAsync(CancellationToken cancellation)
    {
        foreach (var gateway in gateways.Values)
        {
            await gateway.WhenAcknowledgedAsync(cancellation).ConfigureAwait(false);
        }
    }
}
