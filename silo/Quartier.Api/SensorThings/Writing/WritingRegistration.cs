using Quartier.Api.Accounts.Oidc;
using Quartier.Api.Http;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Adds the changing side of <c>/v1.1</c>.</summary>
internal static class WritingRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<WritePorts>().AddSingleton<EntityDesk>().AddSingleton<StreamTargets>().AddSingleton<FeatureGate>().AddSingleton<FeatureResolution>().AddSingleton<NamedFeatures>();
        services.AddSingleton<ObservationDesk>().AddSingleton<ObservationWrites>().AddSingleton<EntityWrites>().AddSingleton<ComingObservations>();
        services.AddScoped<ObservationRights>().AddScoped<ObservationChanges>().AddSingleton<CorrectionDesk>();
        services.AddScoped<FeatureObservations>().AddScoped<FeatureRemoval>();
        services.AddSingleton<InnerRequests>().AddSingleton<ObservationGroup>().AddSingleton<BatchGroup>().AddSingleton<BatchRun>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var root = routes.MapGroup("/v1.1").AddEndpointFilter<RouteGroupBuilder, RequestGate>().WithMetadata(Caller.As, Caller.PurposeParameter, OpenQuery.Route);
        WriteRoutes.Map(root);
    }
}
