using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registers;
using Quartier.Domain.Registers;

namespace Grains.Tests.Registers;

/// <summary>What is approved is recorded before it counts, and kept.</summary>
public sealed class RecordsGrainTests
{
    private const string Json = """{"city":"town"}""";

    [Fact]
    public void Approval_is_in_the_ledger_before_it_counts_and_outlives_a_restart()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var (before, atEntry) = (host.States.Writes, -1);
        host.Ledger.Appending = _ => atEntry = host.States.Writes;
        var approved = Approve(host, Json);
        Assert.Equal((1L, Json, RecordText.Digest(Json), "person:dora", host.NowMs), (approved.Number, approved.Json, approved.Digest, approved.By, approved.AtMs));
        Assert.Equal((before, before + 1), (atEntry, host.States.Writes));
        host.Ledger.Appending = null;
        var entry = host.Ledger.Entries[^1];
        Assert.Equal(
            (LedgerEntryKind.Policy, "person:dora", $"record of processing activities 1 approved; sha256 {approved.Digest}"), (entry.Kind, entry.Who, entry.Detail));
        host.Restart();
        Assert.Equal(approved, Find(host, RecordKind.Processing));
        Assert.Null(Find(host, RecordKind.ImpactAssessment));
        Assert.Equal(2, Approve(host, "{}").Number);
        Assert.Equal(1, Approve(host, "{}", RecordKind.ImpactAssessment).Number);
        Assert.Equal("{}", Find(host, RecordKind.Processing)!.Json);
    }

    [Fact]
    public void Nothing_is_approved_that_the_ledger_or_the_store_does_not_take()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        host.Ledger.FailNext = 1;
        Assert.Throws<StoreException>(() => Approve(host, Json));
        Assert.Null(Find(host, RecordKind.Processing));
        host.States.FailOnly = "records";
        host.States.FailNext = 1;
        Assert.Throws<IOException>(() => Approve(host, Json));
        Assert.Null(Find(host, RecordKind.Processing));
        Assert.Equal(1, Approve(host, Json).Number);
    }

    [Fact]
    public void Same_record_by_the_same_person_is_approved_once_and_by_another_again()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var first = Approve(host, Json);
        var entries = host.Ledger.Entries.Count;
        Assert.Equal(first, Approve(host, Json));
        Assert.Equal(entries, host.Ledger.Entries.Count);
        Assert.Equal((2L, "person:emil"), (Approve(host, Json, by: "person:emil").Number, Find(host, RecordKind.Processing)!.By));
    }

    [Fact]
    public void Record_that_is_too_long_is_refused_with_the_limit()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var refused = Assert.Throws<ArgumentException>(() => Approve(host, new string(' ', RecordLimits.MaxCharacters + 1)));
        Assert.Contains("8388608", refused.Message, StringComparison.Ordinal);
    }

    private static ApprovedRecord Approve(CityHost host, string json, RecordKind kind = RecordKind.Processing, string by = "person:dora") =>
        host.Run(() => host.Grains.GetGrain<IRecordsGrain>("town").Approve(kind, json, by));

    private static ApprovedRecord? Find(CityHost host, RecordKind kind) => host.Run(() => host.Grains.GetGrain<IRecordsGrain>("town").Find(kind));
}
