using System.Security.Cryptography;
using Quartier.Api.Accounts.Oidc;
using Quartier.Api.Questions;
using Quartier.Domain.Principals;

namespace Quartier.Api;

/// <summary>What the API has to be told.</summary>
public sealed class QuartierApiOptions
{
    /// <summary>The directory whose disk <c>/health</c> watches; null when the store has none.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>With less free space, in bytes, <c>/health</c> says <c>degraded</c>. Default 1 GiB: hours of a city's readings.</summary>
    public long DiskFreeLeastBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// The secret from which the noise of published cells is made, at least 16 bytes. Without one of the installation's own the noise differs after each
    /// start, and whoever asks before and after can average it away.
    /// </summary>
    public byte[] PublicationSecret { get; set; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The key that lies in the data directory and authenticates its administrator; null for none.</summary>
    public Secret? LocalKey { get; set; }

    /// <summary>
    /// Origins such as <c>https://maps.example.org</c> whose pages may read <c>/v1.1</c> and <c>/open</c> as the public; <c>*</c> for all. Default: none.
    /// </summary>
    public IReadOnlyCollection<string> ReadOrigins { get; set; } = [];

    /// <summary>Where MQTT is served, such as <c>mqtt://127.0.0.1:1883</c>, asked for when it is shown; null when it is not.</summary>
    public Func<string?>? MqttEndpoint { get; set; }

    /// <summary>
    /// Where others find the server over HTTP, such as <c>https://city.example.org</c>, for links in what is sent without a request that names it; null when that is not known.
    /// </summary>
    public Func<string?>? PublicRoot { get; set; }

    /// <summary>How many dear requests may be open at once.</summary>
    public QuestionLimits Questions { get; set; } = QuestionLimits.Default;

    /// <summary>The identity provider by which persons sign in; null for none.</summary>
    public OidcSettings? Oidc { get; set; }

    /// <summary>
    /// Names by which others than this machine's own may address the server, each with a port or for every port. Empty: it answers callers on the machine alone, by a
    /// loopback name.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; set; } = [];
}
