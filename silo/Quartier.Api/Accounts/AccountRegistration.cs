using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartier.Api.Accounts.Oidc;
using Quartier.Api.Gateways;
using Quartier.Contracts.Gateways;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Adds accounts to the API.</summary>
internal static class AccountRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        services.AddSingleton<CredentialWatch>().AddSingleton<FailedAttempts>();
        services.AddSingleton(p => new AccountRecord(
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILedger>(), p.GetRequiredService<IAccountChanges>()));
        services.AddSingleton(p => new Authentication(
            p.GetRequiredService<IAccountStore>(),
            p.GetRequiredService<CredentialWatch>(),
            p.GetRequiredService<FailedAttempts>(),
            p.GetRequiredService<AccountRecord>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<IOptions<QuartierApiOptions>>(),
            p.GetRequiredService<ILogger<Authentication>>()));
        services.AddSingleton<GatewayBook>().AddSingleton<PasswordDigests>().AddSingleton<GatewayDesk>();
        services.AddSingleton(p => new GatewayAuthentication(
            p.GetRequiredService<IGatewayCredentialStore>(),
            p.GetRequiredService<PasswordDigests>(),
            p.GetRequiredService<CredentialWatch>(),
            p.GetRequiredService<AccountRecord>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<GatewayAuthentication>>()));
        services.AddSingleton<PersonForm>().AddSingleton<People>().AddSingleton<Keys>().AddSingleton<SignIns>();
        services.AddSingleton<RefusedSubjects>().AddSingleton<PendingSignIns>();
        services.AddSingleton(p => p.GetRequiredService<IOptions<QuartierApiOptions>>().Value.Oidc is { } settings
            ? ActivatorUtilities.CreateInstance<OidcSignIn>(p, new OidcProvider(settings, OidcProvider.CreateHttp(), p.GetRequiredService<TimeProvider>()))
            : null!);
        services.AddSingleton(p => new FirstAdministrator(
            p.GetRequiredService<IAccountStore>(), p.GetRequiredService<SignIns>(), p.GetRequiredService<AccountRecord>()));
    }

    public static void Map(RouteGroupBuilder api)
    {
        SignInRoutes.Map(api);
        PersonRoutes.Map(api);
        KeyRoutes.Map(api);
        OidcRoutes.Map(api);
        GatewayRoutes.Map(api);
    }
}
