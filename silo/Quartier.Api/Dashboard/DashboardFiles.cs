using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Quartier.Api.Dashboard;

/// <summary>Serves the built dashboard, or says how to build it.</summary>
internal static class DashboardFiles
{
    /// <summary>Files under this path have a hash of their content in their name and never change.</summary>
    private const string HashedPath = "/assets";

    private const string MissingPage = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>Quartier</title>
        <h1>Quartier is running</h1>
        <p>The dashboard is not built. Build it with <code>npm ci &amp;&amp; npm run build</code> in
        <code>clients/dashboard</code>, or start with <code>./quartier run</code>; then start Quartier again.</p>
        <p>Das Dashboard ist nicht gebaut. <code>./quartier run</code> baut und startet es.</p>
        <p><a href="/api/cities">/api/cities</a> · <a href="/openapi/v1.json">/openapi/v1.json</a> ·
        <a href="/health">/health</a> · <a href="/metrics">/metrics</a></p>
        </html>
        """;

    public static void Use(IApplicationBuilder app, string path)
    {
        var root = Path.GetFullPath(path);
        if (!File.Exists(Path.Combine(root, "index.html")))
        {
            Log.DashboardMissing(app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DashboardFiles)), root);
            app.Use(AnswerMissing);
            return;
        }

        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".geojson"] = "application/geo+json";
        types.Mappings[".pbf"] = "application/x-protobuf";
        app.Use(RewriteRoot);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(root),
            ContentTypeProvider = types,
            OnPrepareResponse = SetCaching,
        });
    }

    private static Task RewriteRoot(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/")
        {
            context.Request.Path = "/index.html";
        }

        return next(context);
    }

    private static void SetCaching(StaticFileResponseContext prepared) =>
        prepared.Context.Response.Headers.CacheControl = prepared.Context.Request.Path.StartsWithSegments(HashedPath, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";

    private static Task AnswerMissing(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/" || !HttpMethods.IsGet(context.Request.Method))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(MissingPage, context.RequestAborted);
    }
}
