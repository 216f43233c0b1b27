using Api.Tests.Fakes;

namespace Api.Tests;

public sealed class StoreTests
{
    [Fact]
    public async Task Store_says_what_it_holds_and_how_it_is()
    {
        await using var host = await ApiHost.StartAsync();
        Same.Json(
            """
            {"partitions":[{"expiryDay":"2036-06-29","blocks":3,"readings":1500,"bytes":8192}],"openReadings":17,"journalBytes":4096,"datastreams":5,
             "health":{"accepting":true,"problem":null,"setAside":[]}}
            """,
            await host.GetAsync("/api/store"));
    }
}
