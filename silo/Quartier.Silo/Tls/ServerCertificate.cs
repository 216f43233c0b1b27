using Quartier.Api.Health;

namespace Quartier.Silo.Tls;

/// <summary>
/// The certificate that new handshakes get. Its files are looked at periodically; a change takes effect without a restart, and what cannot be used is named in the log and
/// in /health while the earlier one stays. Connections that are open keep what they began with.
/// </summary>
internal sealed class ServerCertificate : IDisposable
{
    /// <summary>How often the files are looked at: a renewed certificate is in use before anybody has looked whether it is.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    /// <summary>Shorter than this, and somebody should renew it.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(21);

    private readonly TimeProvider _time;
    private readonly ILogger<ServerCertificate> _logger;
    private readonly bool _openFiles;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private volatile LoadedCertificate _current;
    private volatile string? _fault;
    private string _digest;

    /// <summary>Reads the files; without a usable certificate there is no start.</summary>
    /// <param name="files">Where they lie.</param>
    /// <param name="openFiles">Whether others than their owner may read them, which somebody accepted by name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="IOException">They cannot be used; the message says why.</exception>
    public ServerCertificate(TlsFiles files, bool openFiles, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        (Files, _openFiles, _time, _logger) = (files, openFiles, time, logger);
        _digest = LoadedCertificate.Digest(files);
        _current = LoadedCertificate.Load(files, openFiles);
        _timer = time.CreateTimer(static state => ((ServerCertificate)state!).Look(), this, Period, Period);
    }

    /// <summary>Where the files lie.</summary>
    public TlsFiles Files { get; }

    /// <summary>What new handshakes get.</summary>
    public LoadedCertificate Current => _current;

    /// <summary>Why what lies there now is not in use; null when it is.</summary>
    public string? Fault => _fault;

    /// <summary>Takes up what has changed. Nothing that is wrong with the files is thrown.</summary>
    public void Look()
    {
        lock (_gate)
        {
            try
            {
                var digest = LoadedCertificate.Digest(Files);
                if (!string.Equals(digest, _digest, StringComparison.Ordinal) || _fault is not null)
                {
                    TakeUp(digest);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Keep(error.Message);
            }
        }
    }

    /// <summary>For <c>/health</c>.</summary>
    public HealthFinding Find()
    {
        if (_fault is { } fault)
        {
            return new(HealthStatus.Degraded, $"The certificate's files were changed and cannot be used, the earlier certificate stays in use: {fault}");
        }

        var left = _current.Until - _time.GetUtcNow();
        var until = $"The certificate of {_current.Own.Subject} ends on {_current.Until:yyyy-MM-dd HH:mm} UTC";
        return left > RenewBefore
            ? HealthFinding.Ok(until + ".")
            : new(HealthStatus.Degraded, $"{until}. Renew it: new files are taken up within {Period.TotalSeconds:0} s, without a restart.");
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void TakeUp(string digest)
    {
        var next = LoadedCertificate.Load(Files, _openFiles);
        var now = _time.GetUtcNow();
        if ((next.Until <= now && _current.Until > now) || next.From > now)
        {
            Keep($"{Files.Certificate} counts from {next.From:u} to {next.Until:u}, which is not now.");
            return;
        }

        (_digest, _fault) = (digest, null);
        if (!string.Equals(next.Own.Thumbprint, _current.Own.Thumbprint, StringComparison.Ordinal))
        {
            // The one before is left to the garbage collector: handshakes may still be using it.
            _current = next;
            Log.CertificateTakenUp(_logger, next.Own.Subject, next.Until);
        }
    }

    private void Keep(string fault)
    {
        if (!string.Equals(fault, _fault, StringComparison.Ordinal))
        {
            _fault = fault;
            Log.CertificateKept(_logger, fault);
        }
    }
}
