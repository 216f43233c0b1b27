using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api;
using Quartier.Api.Health;

namespace Api.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_is_ok_with_each_check_when_all_is_well()
    {
        await using var host = await ApiHost.StartAsync();
        var health = (await host.GetAsync("/health"))!;
        Assert.Equal("ok", health["status"]!.GetValue<string>());
        Assert.Equal(["store", "registry", "disk"], health["checks"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));
        Assert.All(health["checks"]!.AsArray(), c => Assert.Equal("ok", c!["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Full_store_is_unavailable_and_says_the_remedy()
    {
        await using var host = await ApiHost.StartAsync(h => h.Store.Health = new(false, "The disk is full. Make space.", [], 0, 0));
        using var response = await host.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)response.StatusCode);
        var health = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Same.Json("""{"name":"store","status":"unavailable","detail":"The disk is full. Make space."}""", health["checks"]![0]);
        Assert.Equal("unavailable", health["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Files_set_aside_degrade_and_are_named()
    {
        await using var host = await ApiHost.StartAsync(h => h.Store.Health = new(true, null, ["2036-06-29.db: checksum"], 0, 0));
        var health = (await host.GetAsync("/health"))!;
        Assert.Equal("degraded", health["status"]!.GetValue<string>());
        Assert.Contains("2036-06-29.db", health["checks"]![0]!["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task No_city_degrades()
    {
        await using var host = await ApiHost.StartAsync(h => h.Registry.Forget(SampleCity.Id));
        Assert.Contains("quartier city apply", (await host.GetAsync("/health"))!["checks"]![1]!["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Check_of_another_part_that_throws_is_a_finding_and_logged()
    {
        await using var host = await ApiHost.StartAsync(services: b => b.Services.AddQuartierHealthCheck(
            "mqtt", (_, _) => throw new InvalidOperationException("secret detail")));
        using var response = await host.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Contains("\"mqtt\"", text);
        Assert.DoesNotContain("secret", text);
        Assert.Contains(host.Logs, l => l.Id.Id == 5003);
    }

    [Fact]
    public async Task Check_that_hangs_is_given_up_after_5_seconds()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await ApiHost.StartAsync(services: b => b.Services.AddQuartierHealthCheck(
            "stuck",
            (_, _) =>
            {
                started.SetResult();
                return new ValueTask<HealthFinding>(new TaskCompletionSource<HealthFinding>().Task);
            }));
        var asked = host.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        await started.Task;

        // The timer is set right after the check has begun, on the server's thread.
        SpinWait.SpinUntil(() => host.Time.Timers > 0, TimeSpan.FromSeconds(30));
        await Task.Run(() => host.Time.Advance(TimeSpan.FromSeconds(5)), TestContext.Current.CancellationToken);
        using var response = await asked;
        Assert.Contains("longer than 5 s", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1, "ok")]
    [InlineData(long.MaxValue, "degraded")]
    public async Task Disk_of_the_data_directory_is_watched(long least, string status)
    {
        await using var host = await ApiHost.StartAsync(services: b => b.Services.Configure<QuartierApiOptions>(o =>
        {
            o.DataDirectory = AppContext.BaseDirectory;
            o.DiskFreeLeastBytes = least;
        }));
        Assert.Equal(status, (await host.GetAsync("/health"))!["checks"]![2]!["status"]!.GetValue<string>());
    }
}
