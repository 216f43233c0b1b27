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

    [Fact]
    public async Task Store_is_for_those_who_see_books()
    {
        await using var host = await ApiHost.StartAsync();
        using var anybody = host.Anybody();
        using var answer = await anybody.GetAsync("/api/store", TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)answer.StatusCode);
        await host.GetAsync("/api/store?as=public", 403);
    }
}
