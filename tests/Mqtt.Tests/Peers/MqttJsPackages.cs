using System.Security.Cryptography;

namespace Mqtt.Tests.Peers;

/// <summary>Installs MQTT.js beside the tests from its lock file, once for each state of it.</summary>
public sealed class MqttJsPackages : IAsyncLifetime
{
    private const string Remedy = "Install Node.js 20.19 or newer with npm: https://nodejs.org/download";

    /// <summary>A registry's slow day; a hang is a failure that names itself.</summary>
    private static readonly TimeSpan InstallWithin = TimeSpan.FromMinutes(3);

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Peers", "mqttjs");

    public async ValueTask InitializeAsync()
    {
        if (PeerFactAttribute.MayBeMissing)
        {
            return;
        }

        var stamp = Path.Combine(Folder, "node_modules", ".quartier-lock");
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return;
        }

        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        using var install = PeerProcess.Start(npm, ["ci", "--prefix", Folder, "--no-audit", "--no-fund"], Remedy);
        await install.FinishAsync(InstallWithin);
        await File.WriteAllTextAsync(stamp, wanted);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a scenario of client.mjs to its end.</summary>
    /// <returns>What it saw, line by line.</returns>
    internal static async Task<string[]> RunAsync(int port, string version, string scenario, params string[] how)
    {
        using var client = PeerProcess.Start("node", [Path.Combine(Folder, "client.mjs"), $"{port}", version, scenario, .. how], Remedy);
        return (await client.FinishAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
