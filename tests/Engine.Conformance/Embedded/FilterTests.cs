using Orleans.Hosting;
using Orleans.Runtime;
using Quartier.Engine.Conformance.Grains;
using Quartier.Engine.Conformance.Hosts;

namespace Quartier.Engine.Conformance.Embedded;

/// <summary>Outgoing filters; in Orleans the test's client is not part of the silo, so this is stated for the embedded engine.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task Outgoing_filters_may_add_to_the_request_context_and_change_arguments_and_results()
    {
        await using var host = await TestHost.StartAsync(silo => silo.AddOutgoingGrainCallFilter(async context =>
        {
            RequestContext.Set("purpose", "filtered");
            if (string.Equals(context.MethodName, nameof(IFiltered.Add), StringComparison.Ordinal))
            {
                context.Request.SetArgument(0, 100);
            }

            await context.Invoke();
            if (context.Result is int number)
            {
                context.Result = number + 1;
            }
        }));

        Assert.Equal(103, await host.Grains.GetGrain<IFiltered>(Signals.NewName()).Add(1, 2));
        Assert.Equal("filtered", await host.Grains.GetGrain<IContextProbe>(Signals.NewName()).Read("purpose", ""));
        Assert.Null(RequestContext.Get("purpose"));
    }
}
