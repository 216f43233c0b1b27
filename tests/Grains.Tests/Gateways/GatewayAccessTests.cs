using System.Net;
using System.Text;
using Quartier.Api.Gateways;
using Quartier.Contracts.Gateways;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Ingest;
using Quartier.Storage;

namespace Grains.Tests.Gateways;

/// <summary>Who may publish for which gateway, and how much.</summary>
public sealed class GatewayAccessTests : IDisposable
{
    private static readonly IPEndPoint Local = new(IPAddress.Loopback, 1);
    private static readonly IPEndPoint Elsewhere = new(IPAddress.Parse("192.0.2.7"), 1);

    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-access-").FullName;
    private readonly EmbeddedStore _store;
    private readonly GatewayBook _book;
    private readonly CityHost _host = new(Town.City(Town.Sensor()));

    public GatewayAccessTests()
    {
        _store = EmbeddedStore.Open(Path.Combine(_directory, "data"));
        _book = new GatewayBook(_store.Gateways);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _host.Dispose();
        _store.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(true, true, true, false)]
    [InlineData(true, false, false, false)]
    [InlineData(false, true, false, false)]
    [InlineData(false, false, true, false)]
    public async Task Without_proof_one_publishes_in_local_mode_from_this_machine_for_gateways_that_never_had_a_credential(
        bool isLocalMode, bool isLocal, bool hadCredential, bool allowed)
    {
        if (hadCredential)
        {
            await RevokedAsync("g");
        }

        var access = Access(isLocalMode ? GatewayMode.Local : GatewayMode.Credentials);
        Assert.Equal(allowed, access.ObjectionToUnproved(new("town", "g"), isLocal ? Local : Elsewhere) is null);
        Assert.Equal(isLocalMode && isLocal, access.MayBeUnproved(isLocal ? Local : Elsewhere));
    }

    [Fact]
    public async Task First_credential_of_a_gateway_ends_what_others_published_for_it()
    {
        var session = Session(Access(GatewayMode.Local), ClientIdentity.Unproved);
        Assert.Equal(ReasonCode.Success, await PublishAsync(session));
        await RevokedAsync("g");
        Assert.Equal(ReasonCode.NotAuthorized, await PublishAsync(session));
    }

    [Theory]
    [InlineData("town", "g", ReasonCode.Success)]
    [InlineData("town", "h", ReasonCode.NotAuthorized)]
    [InlineData("other", "g", ReasonCode.NotAuthorized)]
    public async Task Gateway_publishes_for_itself_alone(string city, string gateway, ReasonCode expected)
    {
        await RevokedAsync("g");
        Assert.Equal(expected, await PublishAsync(Session(Access(GatewayMode.Credentials), new ClientIdentity(null, new GatewayName(city, gateway)))));
    }

    [Fact]
    public void Rate_is_what_comes_in_the_long_run_and_a_burst_is_free()
    {
        var time = _host.Driver.Clock;
        var bucket = new RateBucket(new GatewayRate(10, 1_000), time);
        bucket.Take(10 * GatewayRate.BurstSeconds, 0);
        Assert.Equal(TimeSpan.Zero, bucket.Debt());
        bucket.Take(5, 0);
        Assert.Equal(TimeSpan.FromMilliseconds(500), bucket.Debt());
        bucket.Take(0, (1_000 * GatewayRate.BurstSeconds) + 2_000);
        Assert.Equal(TimeSpan.FromSeconds(2), bucket.Debt());
    }

    [Fact]
    public void Rate_of_zero_is_no_limit()
    {
        var bucket = new RateBucket(new GatewayRate(0, 0), _host.Driver.Clock);
        bucket.Take(1_000_000, 1L << 40);
        Assert.Equal(TimeSpan.Zero, bucket.Debt());
    }

    private GatewayAccess Access(GatewayMode mode) => new(_book, mode, new GatewayRate(0, 0), _host.Driver.Clock);

    private GatewaySession Session(GatewayAccess access, ClientIdentity identity)
    {
        var ingest = new GatewayIngest(_host.Registry, _host.Grains, _host.Store, new(_host.Registry, _host.Driver.Clock), _host.Driver.Clock, access: access);
        return new GatewaySession(ingest, "c") { Identity = identity, Remote = Local };
    }

    private async Task<ReasonCode> PublishAsync(GatewaySession session)
    {
        var reasons = new ReasonCode[1];
        IncomingPublish[] publishes =
            [new(Encoding.UTF8.GetBytes("v1/town/g/s"), Encoding.UTF8.GetBytes("{\"v\":1}"), default, 1, QualityOfService.AtLeastOnce, Retain: false, Duplicate: false)];
        var done = session.Accept(publishes, reasons).AsTask();
        while (!done.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            _host.Driver.RunUntilIdle();
            await Task.Yield();
        }

        await done;
        return reasons[0];
    }

    private async Task RevokedAsync(string gateway)
    {
        await _store.Gateways.AddAsync(new("1", "town", gateway, GatewayCredentialKind.Password, [1], [2], 1, 1, long.MaxValue, null, null), Token);
        await _store.Gateways.RevokeAsync("1", 2, Token);
        await _book.ReadAsync(Token);
    }
}
