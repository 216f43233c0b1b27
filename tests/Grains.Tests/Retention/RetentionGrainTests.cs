using System.Globalization;
using System.Text.Json;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Publication;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Domain.Retention;

namespace Grains.Tests.Retention;

public sealed class RetentionGrainTests
{
    private static readonly RetentionDefinition OneDay = new(1, 5, 10);

    [Fact]
    public void Night_deletes_what_expired_rolls_up_what_the_policy_keeps_and_certifies_each_district()
    {
        using var host = new RetentionHost(City(), new FixedPolicies().Keep("mitte", OneDay));
        Measure(host);
        host.Driver.Advance(TimeSpan.FromHours(50));

        var status = host.Run(() => host.Retention.GetStatus());
        Assert.Equal((RetentionPhase.Done, "2026-01-03", null), (status.Run!.Phase, status.Run.Night, status.Run.Incident));
        Assert.Empty(host.Range("g/s"));
        Assert.Empty(host.Range("g/w"));
        Assert.Equal([3L, 3L], host.Hours("g/s").Select(h => h.Count));
        Assert.Equal([6.0 + 61, 6.0 + 61], host.Hours("g/s").Select(h => h.Sum));
        Assert.Empty(host.Hours("g/w"));

        var certificates = host.Certificates.Select(c => c.Certificate).ToList();
        Assert.Equal(["mitte", "west"], certificates.Select(c => c.District));
        Assert.Equal([new CertifiedStream("g/s/v", 6, 0, 0, Town.At(0), Town.At(70))], certificates[0].Streams);
        Assert.Equal("city 0, district 7", certificates[0].PolicyVersion);
        Assert.Null(certificates[1].PolicyVersion);
        Assert.Contains("journal", certificates[0].Places.Select(p => p.Place));
        var entries = host.Entries.Where(e => e.Entry.Kind == LedgerEntryKind.Deletion).ToList();
        Assert.Equal(host.Certificates.Select(c => CertificateText.Entry(c.Digest)), entries.Select(e => e.Entry.Detail));
        Assert.Equal(host.Certificates.Select(c => c.LedgerIndex), entries.Select(e => (long?)e.Index));
        var verified = host.Run(() => host.Retention.Verify());
        Assert.Empty(verified.Findings);
        Assert.Equal(2, verified.Certificates);
    }

    [Fact]
    public void Run_interrupted_at_any_point_comes_to_the_same_end_with_one_certificate_a_district()
    {
        var expected = Ended(0, out var steps);
        Assert.InRange(steps, 40, 400);
        var stride = Environment.GetEnvironmentVariable("QUARTIER_FULL") == "1" ? 1 : 3;
        for (var at = 1; at <= steps; at += stride)
        {
            Assert.Equal(expected, Ended(at, out _));
        }
    }

    [Fact]
    public void Run_and_verification_are_answered_although_they_take_longer_than_calls_usually_may()
    {
        using var host = new RetentionHost(City(), new FixedPolicies().Keep("mitte", OneDay));
        Measure(host);
        host.Driver.Advance(TimeSpan.FromHours(49));
        host.Tripwire.Held = new();
        var (run, verified) = (host.Retention.Run("person:dora"), host.Retention.Verify());
        host.Driver.Advance(TimeSpan.FromMinutes(15));
        Assert.False(run.IsCompleted || verified.IsCompleted);

        host.Tripwire.Held.SetResult();

        Assert.Equal(RetentionPhase.Done, host.Run(() => run).Run!.Phase);
        Assert.Empty(host.Run(() => verified).Findings);
    }

    [Fact]
    public void A_new_installation_has_missed_no_night_and_runs_in_the_coming_one()
    {
        using var host = new RetentionHost(City());
        host.Driver.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(host.Run(() => host.Retention.GetStatus()).Run);
        host.Restart();
        host.Driver.Advance(TimeSpan.FromHours(24));
        Assert.Equal(RetentionPhase.Done, host.Run(() => host.Retention.GetStatus()).Run!.Phase);
    }

    [Fact]
    public void A_run_of_a_person_before_the_clock_has_looked_brings_no_other_before_the_coming_night()
    {
        using var host = new RetentionHost(City());
        Assert.Equal(RetentionPhase.Done, host.RunRetention().Run!.Phase);
        host.Driver.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("person:dora", host.Run(() => host.Retention.GetStatus()).Run!.By);
        host.Driver.Advance(TimeSpan.FromHours(24));
        Assert.Equal("system:retention", host.Run(() => host.Retention.GetStatus()).Run!.By);
    }

    [Fact]
    public void Missed_nights_are_made_up_for_after_the_start()
    {
        using var host = new RetentionHost(City());
        Measure(host);
        host.Driver.Advance(TimeSpan.FromHours(5));
        host.Restart();
        host.Driver.Advance(TimeSpan.FromHours(94));
        Assert.Empty(host.Range("g/s"));
        Assert.Equal(2, host.Certificates.Count);
        Assert.All(host.Certificates, c => Assert.Equal("2026-01-03", c.Certificate.Night));
    }

    [Fact]
    public void Place_that_may_still_hold_readings_is_an_incident_and_nothing_is_certified_until_it_is_gone()
    {
        using var host = new RetentionHost(City());
        Measure(host);
        var export = Path.Combine(host.Directory, "exports", "readings.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(export)!);
        File.WriteAllText(export, "a value");
        host.Driver.Advance(TimeSpan.FromHours(50));

        var status = host.Run(() => host.Retention.GetStatus());
        Assert.Contains("exports/readings.csv", status.Run!.Incident, StringComparison.Ordinal);
        Assert.Empty(host.Certificates);
        Assert.DoesNotContain(host.Entries, e => e.Entry.Kind == LedgerEntryKind.Deletion);

        File.Delete(export);
        host.Driver.Advance(TimeSpan.FromHours(2));
        Assert.Equal(RetentionPhase.Done, host.Run(() => host.Retention.GetStatus()).Run!.Phase);
        Assert.Equal(["2026-01-03", "2026-01-03"], host.Certificates.Select(c => c.Certificate.Night));
    }

    [Fact]
    public void Published_tables_end_with_the_longest_retention_of_what_they_were_made_of()
    {
        using var host = new RetentionHost(City(), new FixedPolicies().Keep("mitte", OneDay));
        Keep("all/v", Town.T0);
        Keep("all/v", Town.T0 + (5 * Town.Day));
        Keep("ended/v", Town.T0);
        host.Driver.Advance(TimeSpan.FromDays(3));
        Assert.Equal([("town", "all/v")], Streams());
        Assert.Equal(2, Parts());
        host.Driver.Advance(TimeSpan.FromDays(9));
        Assert.Equal(2, Parts());
        host.Driver.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, Parts());
        host.Policies.Keep("mitte", new(1, 2, 2));
        Assert.Empty(host.Run(() => host.Retention.Verify()).Findings);
        Assert.Contains(new CertifiedPlace("published tables", 1), host.Run(() => host.Retention.Verify()).Places);
        host.RunRetention();
        Assert.Empty(Streams());
        Keep("all/v", Town.T0);
        Assert.Contains("town/all/v outlive", Assert.Single(host.Run(() => host.Retention.Verify()).Findings), StringComparison.Ordinal);
        host.Policies.Keep("mitte", OneDay);
        Assert.Single(host.Run(() => host.Retention.Verify()).Findings);

        void Keep(string stream, long startMs) => RetentionHost.Wait(KeepAsync(new("town", stream, startMs, startMs + Town.Day, new byte[] { 1 })));
        async ValueTask<bool> KeepAsync(PublishedPart part)
        {
            await host.Store.Publications.KeepAsync([part], default).ConfigureAwait(false);
            return true;
        }

        IEnumerable<(string, string)> Streams() => RetentionHost.Wait(host.Store.Publications.StreamsAsync(default));
        int Parts() => RetentionHost.Wait(host.Store.Publications.FindAsync("town", "all/v", 0, long.MaxValue, default)).Count;
    }

    [Fact]
    public void Certificate_or_ledger_entry_that_was_changed_is_found()
    {
        using var host = new RetentionHost(City());
        Measure(host);
        host.Driver.Advance(TimeSpan.FromHours(50));
        var stored = host.Certificates[0];
        var forged = stored with { Certificate = stored.Certificate with { Streams = [stored.Certificate.Streams[0] with { Readings = 5 }] } };
        RetentionHost.Wait(Save(host, forged));
        Assert.Contains("was changed", Assert.Single(host.Run(() => host.Retention.Verify()).Findings), StringComparison.Ordinal);
        RetentionHost.Wait(Save(host, forged with { Digest = CertificateText.Digest(forged.Certificate) }));
        Assert.Contains("manifest", Assert.Single(host.Run(() => host.Retention.Verify()).Findings), StringComparison.Ordinal);
        RetentionHost.Wait(Save(host, stored with { LedgerIndex = 1 }));
        Assert.Contains("entry 1 of the ledger", Assert.Single(host.Run(() => host.Retention.Verify()).Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void Retention_that_became_shorter_moves_what_is_stored_and_certifies_it()
    {
        using var host = new RetentionHost(City(days: 30), new FixedPolicies().Keep("mitte", new(30, 0, 0)).Keep("west", new(30, 0, 0)));
        Measure(host);
        host.Driver.Advance(TimeSpan.FromHours(50));
        Assert.Empty(host.Certificates);
        host.Policies.Keep("mitte", new(10, 0, 0));
        var status = host.RunRetention();
        Assert.True(status.Run!.Incident is null, status.Run.Incident);
        Assert.Equal((RetentionPhase.Done, "person:dora"), (status.Run.Phase, status.Run.By));
        var certificate = Assert.Single(host.Certificates).Certificate;
        Assert.Equal([new CertifiedStream("g/s/v", 0, 0, 6, 0, 0)], certificate.Streams);
        Assert.Empty(host.Run(() => host.Retention.Verify()).Findings);
        Assert.Equal(6, host.Range("g/s").Count);
    }

    [Fact]
    public void Certificates_count_what_observations_held_beside_their_readings()
    {
        using var host = new RetentionHost(City(days: 30), new FixedPolicies().Keep("mitte", new(30, 0, 0)));
        Measure(host);
        host.Annotate("g/s", Town.Sample(80, 2), Annotation.None with { PhenomenonEndMs = Town.At(90) });
        host.Annotate("g/s", Town.Sample(81, 3), Annotation.None with { Parameters = "{}" });
        host.Policies.Keep("mitte", new(1, 0, 0));
        Assert.Null(host.RunRetention().Run!.Incident);
        var moved = Assert.Single(host.Certificates).Certificate;
        Assert.Equal([new CertifiedStream("g/s/v", 0, 0, 8, 0, 0) { MovedAnnotations = 2 }], moved.Streams);
        host.Driver.Advance(TimeSpan.FromHours(50));
        var deleted = host.Certificates.Select(c => c.Certificate).Single(c => c.District == "mitte" && c.Streams[0].Readings > 0);
        Assert.Equal([new CertifiedStream("g/s/v", 8, 0, 0, Town.At(0), Town.At(81)) { Annotations = 2 }], deleted.Streams);
        Assert.Empty(host.Run(() => host.Retention.Verify()).Findings);
    }

    [Fact]
    public void Certificate_without_annotations_reads_as_before_they_were_counted()
    {
        const string Before = """{"Stream":"g/s/v","Readings":6,"RollUps":0,"Moved":0,"FirstMs":1,"LastMs":2}""";
        Assert.Equal(Before, JsonSerializer.Serialize(new CertifiedStream("g/s/v", 6, 0, 0, 1, 2)));
        var counted = new CertifiedStream("g/s/v", 6, 0, 0, 1, 2) { Annotations = 3, MovedAnnotations = 1 };
        Assert.Equal(counted, JsonSerializer.Deserialize<CertifiedStream>(JsonSerializer.Serialize(counted)));
    }

    internal static CityDefinition City(int days = 1) => Town.City(
        Town.Sensor("s", Stream(days)).With(Town.Above(50)),
        Town.Sensor("w", Stream(days)) with { District = "west" });

    internal static void Measure(RetentionHost host)
    {
        host.Driver.Advance(TimeSpan.FromHours(2));
        foreach (var sensor in (string[])["g/s", "g/w"])
        {
            host.Ingest(
                sensor, Town.Sample(0, 1), Town.Sample(5, 5), Town.Sample(10, 61), Town.Sample(60, 1), Town.Sample(65, 5), Town.Sample(70, 61));
        }
    }

    private static DatastreamDefinition Stream(int days) => Town.Stream() with { RetentionDays = days, MaxStep = null };

    private static async ValueTask<int> Save(RetentionHost host, StoredCertificate certificate)
    {
        await host.Store.Certificates.SaveAsync([certificate], default);
        return 0;
    }

    private static string Ended(int interruptedAt, out int steps)
    {
        using var host = new RetentionHost(City(), new FixedPolicies().Keep("mitte", OneDay));
        Measure(host);
        host.Driver.Advance(TimeSpan.FromHours(49) - TimeSpan.FromHours(2) + TimeSpan.FromMinutes(25));
        host.Tripwire.Arm(interruptedAt == 0 ? int.MaxValue : interruptedAt);
        host.Driver.Advance(TimeSpan.FromMinutes(10));
        steps = host.Tripwire.Steps;
        Assert.Equal(interruptedAt > 0, host.Tripwire.HasTripped);
        host.Crash();
        host.Driver.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(host.Run(() => host.Retention.Verify()).Findings);
        var night = host.Run(() => host.Retention.GetStatus()).Run;
        var certificates = host.Certificates.Select(c => c.Certificate).Select(c => JsonSerializer.Serialize(c with { SignedMs = 0, Places = [] }));
        var entries = host.Entries.Count(e => e.Entry.Kind == LedgerEntryKind.Deletion);
        return string.Create(CultureInfo.InvariantCulture, $"{night!.Night} {night.Phase} {entries} entries, {string.Join('\n', certificates)}, {host.Hours("g/s").Sum(h => h.Sum)}");
    }
}
