using ActorImaging.Hosting;
using ThumbnailService;

var builder = WebApplication.CreateBuilder(args);
var configuration = ImagingConfiguration.Load(HoconLayer.FromFile(Path.Combine(AppContext.BaseDirectory, "imaging.conf")));
builder.Services.AddActorImaging(configuration);
builder.Services.AddHealthChecks().AddActorImaging();
builder.Services.AddSingleton(new ImageFolders(builder.Configuration["Folders"]));
var app = builder.Build();

app.Use(Refusals.AnswerAsync);
app.MapHealthChecks("/health");
app.MapPost("/thumbnails", Thumbnails.MakeAsync);
app.MapPost("/folders", Folders.Process);
await app.RunAsync();
