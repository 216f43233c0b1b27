using Api.Tests.Fakes;
using Quartier.Contracts.Principals;

namespace Api.Tests;

/// <summary>Decisions explained, to those whom they concern.</summary>
public sealed class WhyTests
{
    private const string Path = "/api/cities/muenster/why?stream=promenade/zaehler/";

    [Fact]
    public async Task Public_is_told_each_step_and_not_who_else_is_granted_what()
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("for-one", "person:b-secret", "devices", "operation")));
        using var anybody = host.Anybody();
        var why = await anybody.JsonAsync(Path + "battery&purpose=operation", 200);
        Assert.False(why["permitted"]!.GetValue<bool>());
        Assert.Equal("no-grant", why["reason"]!.GetValue<string>());
        var steps = why["steps"]!.AsArray().Select(s => s!["step"]!.GetValue<string>()).ToList();
        Assert.Equal(["credential", "registered", "stream", "purpose", "collected-for", "denial", "decision"], steps);
        Assert.DoesNotContain("b-secret", why.ToJsonString());
        Assert.Contains("b-secret", (await host.GetAsync(Path + "battery&purpose=operation&principal=public"))!.ToJsonString());
    }

    [Fact]
    public async Task Permit_shows_its_obligations()
    {
        await using var host = await ApiHost.StartAsync();
        host.Policies.Set(SamplePolicy.Open);
        var why = (await host.GetAsync(Path + "total&purpose=operation&resolution=hour"))!;
        Assert.True(why["permitted"]!.GetValue<bool>());
        Assert.Equal(("control-room", "person:administrator", "hour"), (why["grant"]!.GetValue<string>(), why["principal"]!.GetValue<string>(), why["resolution"]!.GetValue<string>()));
        Assert.Equal(10_000, why["obligations"]!["rowLimit"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("person:b-meier", true)]
    [InlineData("role:operator", true)]
    [InlineData("office:mobilitaet", false)]
    [InlineData("contract:none", false)]
    [InlineData("public", false)]
    public async Task Officers_ask_about_anybody(string principal, bool permitted)
    {
        await using var host = await ApiHost.StartAsync(h =>
            h.Accounts.Persons["b-meier"] = new("b-meier", "B. Meier", ["mobilitaet"], [Role.Operator], null, null, null, null, true));
        host.Policies.Set(SamplePolicy.Open);
        var why = (await host.GetAsync($"{Path}battery&purpose=operation&principal={principal}"))!;
        Assert.Equal(permitted, why["permitted"]!.GetValue<bool>());
        using var anybody = host.Anybody();
        var refused = principal != "public";
        await anybody.JsonAsync($"{Path}battery&purpose=operation&principal={principal}", refused ? 403 : 200);
    }

    [Theory]
    [InlineData("battery&principal=person:nobody", 404)]
    [InlineData("battery&principal=office:nobodys", 404)]
    [InlineData("battery&principal=role:king", 400)]
    [InlineData("battery&principal=somebody", 400)]
    [InlineData("nothing", 404)]
    [InlineData("battery&resolution=second", 400)]
    public async Task Question_that_cannot_be_understood_is_refused(string query, int status)
    {
        await using var host = await ApiHost.StartAsync();
        await host.GetAsync(Path + query, status);
    }
}
