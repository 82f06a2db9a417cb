using ActorImaging.Hosting;
using ThumbnailService;

var builder = WebApplication.CreateBuilder(args);
var configuration = ImagingConfiguration.Load(HoconLayer.FromFile(Path.Combine(AppContext.BaseDirectory, "imaging.conf")));
builder.Services.AddActorImaging(configuration);
var app = builder.Build();

app.MapPost("/thumbnails", Thumbnails.MakeAsync);
app.MapPost("/folders", Folders.Process);
await app.RunAsync();
