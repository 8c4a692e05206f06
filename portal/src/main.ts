import { createApp } from 'vue'
import App from './App.vue'
import { display } from './layout/display'
import { applyDisplay } from './layout/display'
import './layout/theme.css'
import './layout/base.css'
import { noteCrash } from './layout/crash'
import { router } from './router'
import { i18n } from './words'

const app = createApp(App)
app.config.errorHandler = noteCrash
applyDisplay((language) => {
  i18n.global.locale.value = language
})
app.use(i18n).use(router)
void router.isReady().then(() => app.mount('#app'))
export { display }
