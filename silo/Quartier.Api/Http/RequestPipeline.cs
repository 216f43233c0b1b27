using Microsoft.AspNetCore.Hosting;
using Quartier.Api.Metrics;
using Quartier.Api.Questions;
using Quartier.Api.SensorThings.Writing;

namespace Quartier.Api.Http;

/// <summary>Puts what every request passes in front of everything else that the host adds, so that no part can be mapped around it.</summary>
internal sealed class RequestPipeline(
    HttpMeter meter, InnerRequests inner, ProblemPages problems, HostGate gate, PublicPace pace, CrossOrigin origins) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(meter.InvokeAsync);
        app.Use(HeadAsGet.InvokeAsync);
        app.Use(SecurityHeaders.InvokeAsync);
        app.UseResponseCompression();
        app.Use(inner.Take);
        app.Use(problems.InvokeAsync);
        app.Use(gate.InvokeAsync);
        app.Use(pace.InvokeAsync);
        app.Use(origins.InvokeAsync);
        next(app);
    };
}
