using System.Globalization;
using System.Text.Json.Nodes;

namespace Grains.Tests.CommandLine;

/// <summary>The command line as a program, over a silo: each command once as it should go, and once as it should not.</summary>
public sealed class CommandTests(CommandedSilo silo) : IClassFixture<CommandedSilo>
{
    private const string Administrator = "administrator";
    private const string Officer = "dora";
    private const string Approver = "bert";

    [Fact]
    public async Task Policy_is_checked_compared_proposed_withdrawn_and_shown()
    {
        silo.Write("open.yaml", TownPolicy.Open);
        silo.Write("closed.yaml", TownPolicy.City(TownPolicy.Stream("all", "*/*/*"), TownPolicy.Grant("role:operator", "all", "operation")));
        silo.Write("broken.yaml", "policy: 1\ncity: town\nstreams: [unclosed\n");
        Assert.Equal("open.yaml is sound.\n", await silo.SucceedAsync(Administrator, "policy check open.yaml"));
        Assert.StartsWith("Nobody gains or loses", await silo.SucceedAsync(Administrator, "policy diff open.yaml"), StringComparison.Ordinal);
        Assert.Contains("- mitte: public", await silo.SucceedAsync(Administrator, "policy diff closed.yaml"), StringComparison.Ordinal);
        var later = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var proposed = await silo.SucceedAsync(Administrator, $"policy apply closed.yaml --effective {later}");
        Assert.Contains("Somebody else approves it: quartier policy approve town 2", proposed, StringComparison.Ordinal);
        Assert.Contains("withdrawn", await silo.SucceedAsync(Administrator, "policy withdraw town 2"), StringComparison.Ordinal);
        var history = await silo.SucceedAsync(Administrator, "policy history town");
        Assert.Matches("(?s)city +2 +withdrawn.*city +1 +in-force", history);
        Assert.Equal(TownPolicy.Open, await silo.SucceedAsync(Administrator, "policy show town"));
        Assert.Contains("public-info", await silo.SucceedAsync(null, "policy effective mitte"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_that_cannot_be_is_answered_with_place_and_reason()
    {
        silo.Write("bad.yaml", "policy: 1\ncity: town\nstreams: [unclosed\n");
        silo.Write("nameless.yaml", "policy: 1\n");
        silo.Write("sound.yaml", TownPolicy.Open);
        foreach (var command in new[] { "check", "diff", "apply" })
        {
            await silo.FailAsync(Administrator, $"policy {command} bad.yaml", @"bad\.yaml:\d+:\d+: ");
            await silo.FailAsync(Administrator, $"policy {command} nameless.yaml", "there is no line 'city: <id>'");
            await silo.FailAsync(Administrator, $"policy {command} missing.yaml", "missing.yaml");
        }

        await silo.FailAsync(null, "policy apply sound.yaml", "[Ss]ign in|credential|role|key");
        await silo.FailAsync(Administrator, "policy apply sound.yaml --effective soon", "must be a time with Z");
        await silo.FailAsync(Administrator, "policy withdraw town 99", "99");
        await silo.FailAsync(Approver, "policy approve town 99", "99");
        await silo.FailAsync(Administrator, "policy history nowhere", "There is no city 'nowhere'");
        await silo.FailAsync(Administrator, "policy history town/nowhere", "There is no district 'nowhere'");
        await silo.FailAsync(Administrator, "policy show town/nowhere", "There is no district 'nowhere'");
        await silo.FailAsync(Administrator, "policy show town/mitte", "has no policy document");
        await silo.FailAsync(Administrator, "policy show town/", "names no document");
        await silo.FailAsync(Administrator, "policy effective nowhere", "nowhere");
    }

    [Fact]
    public async Task Retention_runs_and_is_verified_by_its_officers_alone()
    {
        Assert.Matches("Last run .* by person:dora: done ", await silo.SucceedAsync(Officer, "retention run"));

        // At night the clock may have made one of its own since.
        Assert.Matches("Last run .* by (person:dora|system:retention): done .*\nNext run ", await silo.SucceedAsync(Administrator, "retention status"));
        var (code, output, error) = await silo.RunAsync(Officer, "retention certificates --city town --district mitte");
        Assert.Equal((0, "", "There is no certificate: nothing of that has expired yet.\n"), (code, output, error));
        await silo.FailAsync(Officer, "retention certificates --city nowhere", "There is no city 'nowhere'");
        await silo.FailAsync(Officer, "retention certificates --city town --district nowhere", "There is no district 'nowhere'");
        await silo.FailAsync(Officer, "retention certificates --district nowhere", "There is no district 'nowhere'");
        Assert.Contains("Nothing is left that should be gone", await silo.SucceedAsync(Officer, "retention verify"), StringComparison.Ordinal);
        foreach (var command in new[] { "run", "status", "certificates", "verify" })
        {
            await silo.FailAsync(Approver, $"retention {command}", "neither administrator nor data-protection officer|role");
        }
    }

    [Fact]
    public async Task Ledger_is_listed_proved_taken_out_and_verified_without_the_server()
    {
        Assert.Matches(" +policy +", await silo.SucceedAsync(Officer, "ledger list --kind policy"));
        Assert.Matches(" +key +", await silo.SucceedAsync(Administrator, "ledger list --installation --count 500"));
        Assert.Contains("proved: entry 0", await silo.SucceedAsync(Officer, "ledger prove 0"), StringComparison.Ordinal);
        Assert.Contains("holds: ", await silo.SucceedAsync(Officer, "ledger verify"), StringComparison.Ordinal);
        Assert.Contains("Reads on ", await silo.SucceedAsync(null, "ledger summary"), StringComparison.Ordinal);
        await silo.SucceedAsync(Officer, "ledger export ledger.txt");
        Assert.Contains("holds: ", await silo.SucceedAsync(null, "ledger verify ledger.txt --server http://127.0.0.1:9"), StringComparison.Ordinal);
        var export = await File.ReadAllTextAsync(silo.PathOf("ledger.txt"), TestContext.Current.CancellationToken);
        silo.Write("forged.txt", export.Replace("city 1", "city 7", StringComparison.Ordinal));
        await silo.FailAsync(null, "ledger verify forged.txt", "DOES NOT HOLD");
        await silo.FailAsync(Officer, "ledger export ledger.txt", "ledger.txt");
        await silo.FailAsync(Approver, "ledger list", "role|officer");
        await silo.FailAsync(Officer, "ledger list --kind nonsense", "nonsense");
        await silo.FailAsync(Officer, "ledger prove 1000000", "under no checkpoint yet");
        await silo.FailAsync(Officer, "ledger verify missing.txt", "missing.txt");
    }

    [Fact]
    public async Task Persons_and_keys_come_and_go()
    {
        Assert.Contains("carla: Carla; operator", await silo.SucceedAsync(Administrator, "person add carla --name Carla --role operator"), StringComparison.Ordinal);
        await silo.FailAsync(Administrator, "person add carla --name Carla", "carla");
        await silo.FailAsync(Officer, "person add emil --name Emil", "role|administrator");
        Assert.Contains("approver", await silo.SucceedAsync(Administrator, "person change carla --role approver"), StringComparison.Ordinal);
        Assert.Contains("carla: Carla; approver", await silo.SucceedAsync(Administrator, "person list"), StringComparison.Ordinal);
        var until = TimeProvider.System.GetUtcNow().AddDays(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var key = (await silo.SucceedAsync(Administrator, $"key create --person carla --until {until}")).Trim();
        var id = key.Split('_')[1];
        Assert.Contains($"{id}: person carla", await silo.SucceedAsync(Administrator, "key list"), StringComparison.Ordinal);
        Assert.Contains("person carla", await silo.SucceedAsync(Administrator, $"key revoke {id}"), StringComparison.Ordinal);
        await silo.FailAsync(null, $"--key {key} policy history town", "key|credential");
        await silo.FailAsync(Administrator, $"key create --person nobody --until {until}", "nobody");
        await silo.FailAsync(Administrator, "key create --person carla --until tomorrow", "must be a day like");
        await silo.FailAsync(Administrator, "key revoke nothing", "nothing");
        Assert.Contains("DISABLED", await silo.SucceedAsync(Administrator, "person disable carla"), StringComparison.Ordinal);
        await silo.FailAsync(Administrator, "person change nobody --name N", "nobody");
        await silo.FailAsync(Administrator, "person disable nobody", "nobody");
    }

    [Fact]
    public async Task Backups_are_made_listed_verified_and_pruned()
    {
        Assert.Contains("  expires ", await silo.SucceedAsync(Administrator, "backup make"), StringComparison.Ordinal);
        Assert.Contains("  expires ", await silo.SucceedAsync(Administrator, "backup list"), StringComparison.Ordinal);
        Assert.Equal("No backup has expired.\n", await silo.SucceedAsync(Administrator, "backup prune"));
        Assert.Contains("Every backup is what its manifest says.", await silo.SucceedAsync(Administrator, "backup verify"), StringComparison.Ordinal);
        await silo.FailAsync(Officer, "backup make", "role|administrator");
        await silo.FailAsync(null, "backup list", "[Ss]ign in|credential|role|key");
        var file = Directory.GetFiles(silo.Silo.Backups, "city.db", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await silo.FailAsync(Administrator, "backup verify", "NOT ALL BACKUPS HOLD", code: 2);
    }

    [Fact]
    public async Task Decision_is_explained_step_by_step()
    {
        var permitted = await silo.SucceedAsync(null, "why public info g/s/v");
        Assert.Contains("PERMITTED\n", permitted, StringComparison.Ordinal);
        Assert.Contains("public-info", permitted, StringComparison.Ordinal);
        await silo.FailAsync(null, "why public operation g/s/v", "DENIED: no-grant", code: 2);
        await silo.FailAsync(null, "why public info g/s/w", "no datastream of sensor g/s 'w'");
        await silo.FailAsync(null, "why public info g/s/v --resolution fine", "fine");
        await silo.FailAsync(null, "why person:dora info g/s/v", "role|officer|[Ss]ign in|key");
    }

    [Fact]
    public async Task Register_records_and_contracts_are_shown_to_whom_they_are_for()
    {
        Assert.Contains("g/s/v: Value (Sensor, mitte)", await silo.SucceedAsync(null, "register"), StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(await silo.SucceedAsync(Officer, "records processing --approve")));
        Assert.Contains("0 changes", await silo.SucceedAsync(Officer, "records processing --changes"), StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(await silo.SucceedAsync(Officer, "records impact-assessment")));
        Assert.Contains("written: page.html", await silo.SucceedAsync(Officer, "records impact-assessment --html page.html"), StringComparison.Ordinal);
        Assert.Contains("<html", await File.ReadAllTextAsync(silo.PathOf("page.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal((0, "", "town has no contract: no policy in force there names one.\n"), await silo.RunAsync(Officer, "contracts"));
        await silo.FailAsync(null, "register --city nowhere", "nowhere");
        await silo.FailAsync(null, "records processing", "[Ss]ign in|credential|role|key");
        await silo.FailAsync(Approver, "records processing --approve", "role|officer");
        await silo.FailAsync(null, "contracts", "[Ss]ign in|credential|role|key");
    }
}
