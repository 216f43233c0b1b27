using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Quartier.Contracts;
using Quartier.Silo.Engines;
using Quartier.Silo.Startup;

namespace Grains.Tests;

public sealed class EngineHostTests
{
    [Fact]
    public async Task Grains_have_ten_minutes_to_wake_and_whoever_must_have_them_awake_waits_for_longer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        EngineHost.Add(builder);
        await using var app = builder.Build();

        Assert.Equal(TimeSpan.FromMinutes(10), app.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.ActivationTimeout);
        Assert.True(TimeSpan.Parse(ResponseTimes.Waking, System.Globalization.CultureInfo.InvariantCulture) >= 2 * ActivationLimit.Time);
    }
}
