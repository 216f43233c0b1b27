using System.Text.Json.Nodes;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Contracts.Ledgers;
using Quartier.Storage;

namespace Api.Tests;

public sealed class LedgerTests
{
    private const string Base = "/api/cities/muenster/ledger";

    [Fact]
    public async Task The_officer_reads_entries_page_by_page_and_every_look_is_recorded()
    {
        await using var bed = await LedgerApi.StartAsync(entries: 5);
        var first = (await bed.Host.GetAsync(Base + "?limit=3"))!;
        Assert.Equal([0, 1, 2], first["items"]!.AsArray().Select(i => i!["index"]!.GetValue<int>()));
        var next = first["next"]!.GetValue<int>();
        var second = (await bed.Host.GetAsync($"{Base}?from={next}"))!;
        Assert.Equal(2, second["items"]!.AsArray().Count);
        var entry = second["items"]![1]!;
        Assert.Equal(("read", "person#", "weather"), (entry["kind"]!.GetValue<string>(), entry["who"]!.GetValue<string>()[..7], entry["purpose"]!.GetValue<string>()));

        bed.Store.Pump();
        var looks = (await bed.Host.GetAsync(Base + "?kind=inspection"))!["items"]!.AsArray();
        var look = Assert.Single(looks)!;
        Assert.Equal((2, 5, "listed entries"), (look["count"]!.GetValue<int>(), look["rows"]!.GetValue<int>(), look["detail"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_public_sees_checkpoint_proofs_and_summary_but_no_entry()
    {
        await using var bed = await LedgerApi.StartAsync(entries: 5);
        foreach (var path in new[] { string.Empty, "/export" })
        {
            var refusal = await bed.Host.GetAsync($"{Base}{path}?as=public", 403);
            Assert.Contains("data-protection officer", refusal!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        await bed.Host.SendAsync(HttpMethod.Post, Base + "/resolve?as=public", """{"pseudonym":"person#0123456789abcdef"}""", "application/json", 403);
        var head = (await bed.Host.GetAsync(Base + "/checkpoint?as=public"))!;
        Assert.Equal((5, 5), (head["size"]!.GetValue<int>(), head["checkpointSize"]!.GetValue<int>()));
        Assert.StartsWith("quartier/muenster\n5\n", head["checkpoint"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", head["publicKey"]!.GetValue<string>(), StringComparison.Ordinal);
        var proof = (await bed.Host.GetAsync(Base + "/proof?index=2&as=public"))!;
        Assert.Null(proof["line"]);
        Assert.Equal(3, proof["hashes"]!.AsArray().Count);
        Assert.Equal(2, (await bed.Host.GetAsync(Base + "/consistency?from=4&as=public"))!["hashes"]!.AsArray().Count + 1);
        var summary = (await bed.Host.GetAsync(Base + "/summary?as=public"))!;
        var reads = Assert.Single(summary["reads"]!.AsArray())!;
        Assert.Equal(("g/s/t", "weather", 5), (reads["stream"]!.GetValue<string>(), reads["purpose"]!.GetValue<string>(), reads["count"]!.GetValue<int>()));
        Assert.DoesNotContain("person", summary.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_officer_resolves_a_pseudonym_and_that_is_recorded()
    {
        await using var bed = await LedgerApi.StartAsync(entries: 1);
        var who = (await bed.Host.GetAsync(Base))!["items"]![0]!["who"]!.GetValue<string>();
        var answer = (await bed.Host.SendAsync(HttpMethod.Post, Base + "/resolve", new JsonObject { ["pseudonym"] = who }.ToJsonString(), "application/json"))!;
        Assert.Equal("person:anna", answer["person"]!.GetValue<string>());
        var look = (await bed.Host.GetAsync(Base + "?kind=inspection"))!["items"]!.AsArray()[0]!;
        Assert.Equal($"resolved {who}", look["detail"]!.GetValue<string>());
        await bed.Host.SendAsync(HttpMethod.Post, Base + "/resolve", """{"pseudonym":"anna"}""", "application/json", 400);
        await bed.Host.SendAsync(HttpMethod.Post, Base + "/resolve", "{", "application/json", 400);
        await bed.Host.SendAsync(HttpMethod.Post, Base + "/resolve", "x", "text/plain", 415);
    }

    [Fact]
    public async Task The_export_is_recorded_before_it_begins_and_ends_with_a_checkpoint()
    {
        await using var bed = await LedgerApi.StartAsync(entries: 4);
        var text = await bed.Host.Client.GetStringAsync(new Uri(Base + "/export", UriKind.Relative), TestContext.Current.CancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("{\"ledger\":\"quartier/muenster\",\"format\":1,", lines[0], StringComparison.Ordinal);
        Assert.Contains("exported the ledger", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("{\"checkpoint\":\"quartier/muenster\\n5\\n", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proof?index=5", 404)]
    [InlineData("/proof?index=0&size=9", 404)]
    [InlineData("/proof?index=-1", 400)]
    [InlineData("/consistency?from=9", 404)]
    [InlineData("/summary?days-ago=61", 400)]
    [InlineData("?limit=1001", 400)]
    [InlineData("?kind=Read", 400)]
    [InlineData("?district=nowhere", 404)]
    public async Task What_is_not_there_is_said(string path, int status)
    {
        await using var bed = await LedgerApi.StartAsync(entries: 5);
        await bed.Host.GetAsync(Base + path, status);
        await bed.Host.GetAsync("/api/cities/nowhere/ledger" + path, 404);
    }

    private sealed class LedgerApi : IAsyncDisposable
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("quartier-ledger-").FullName;

        public ApiHost Host { get; private set; } = null!;

        public EmbeddedStore Store { get; private set; } = null!;

        public static async Task<LedgerApi> StartAsync(int entries)
        {
            var bed = new LedgerApi();
            bed.Host = await ApiHost.StartAsync(services: builder =>
            {
                var time = (TimeProvider)builder.Services.Last(s => s.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
                bed.Store = EmbeddedStore.Open(bed._directory, new StoreOptions { Inline = true }, time);
                builder.Services.AddSingleton(bed.Store.Ledger).AddSingleton(bed.Store.LedgerReader).AddSingleton(bed.Store.Pseudonyms);
            });
            for (var i = 0; i < entries; i++)
            {
                await bed.Store.Ledger.AppendAsync(
                    "muenster",
                    new(bed.Host.Time.GetUtcNow().ToUnixTimeMilliseconds(), LedgerEntryKind.Read, "person:anna", "mitte", "weather", ["g/s/t"], "raw", 1, 1, "city 1", "g", null),
                    CancellationToken.None);
            }

            await bed.Store.LedgerReader.SignAsync("muenster");
            await bed.SignInOfficerAsync();
            return bed;
        }

        private async Task SignInOfficerAsync()
        {
            await Host.SendAsync(HttpMethod.Post, "/api/persons", """{"id":"dora","name":"Dora","roles":["data-protection-officer"]}""", "application/json");
            var made = await Host.SendAsync(HttpMethod.Post, "/api/keys", """{"person":"dora","until":"2027-01-01T00:00:00Z"}""", "application/json");
            Host.Client.DefaultRequestHeaders.Authorization = new("Bearer", made!["key"]!.GetValue<string>());
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            Store.Dispose();
            Directory.Delete(_directory, recursive: true);
        }
    }
}
